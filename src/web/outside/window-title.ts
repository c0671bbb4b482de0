/** What a window is called: the page, and what it belongs to where the page doesn't say so itself. */
export function windowTitle(title: string, name: string): string {
  return title === name || title.endsWith(` ${name}`) ? title : `${title} · ${name}`;
}
