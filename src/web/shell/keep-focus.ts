/** Long enough for a dialog that closes, or a form, to put the focus where it wants it. */
const graceMs = 100;

const dialogs = '[role="dialog"], [role="alertdialog"]';

/**
 * Keeps the focus on the page: where the element that has it is removed, such as a dialog’s button or
 * that of a step that is done, what had it before the dialog takes it; where that is gone, too, the
 * heading of its panel, or the page’s. A screen reader says the heading. Returns what ends it.
 */
export function keepFocus(page: Document): () => void {
  let focused: Element | null = null;
  let before: HTMLElement | null = null;
  let panel: Element | null = null;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  const onFocus = ({ target }: Event) => {
    if (!(target instanceof HTMLElement)) return;
    focused = target;
    // A dialog belongs to the panel that it was opened from.
    if (target.closest(dialogs) !== null) return;
    before = target;
    panel = target.closest('section[aria-labelledby]');
  };
  // A click beside everything gives the focus up on purpose.
  const onPointer = () => {
    if (page.activeElement === page.body) focused = null;
  };
  const mend = () => {
    if (focused === null || focused.isConnected || page.activeElement !== page.body) return;
    // What is behind an open dialog mustn’t get it; once that is closed, there is another change.
    if (page.querySelector(dialogs) !== null) return;
    if (before?.isConnected === true) before.focus();
    if (page.activeElement !== page.body) return;
    const label = panel?.isConnected === true ? panel.getAttribute('aria-labelledby') : null;
    const heading = label === null ? null : page.getElementById(label);
    (heading ?? page.querySelector<HTMLElement>('h1'))?.focus();
  };
  const observer = new MutationObserver(() => {
    if (focused === null || focused.isConnected) return;
    clearTimeout(waiting);
    waiting = setTimeout(mend, graceMs);
  });

  page.addEventListener('focusin', onFocus);
  page.addEventListener('pointerup', onPointer);
  observer.observe(page.body, { childList: true, subtree: true });
  return () => {
    clearTimeout(waiting);
    observer.disconnect();
    page.removeEventListener('focusin', onFocus);
    page.removeEventListener('pointerup', onPointer);
  };
}
