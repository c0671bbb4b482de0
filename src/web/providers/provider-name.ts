/** The name that a new provider is proposed: one that no other has, so that the sign-in page tells them apart. */
export function proposedName(names: readonly string[]): string {
  let name = 'Microsoft';
  for (let number = 2; isTaken(name, names); number += 1) name = `Microsoft ${number}`;
  return name;
}

/** Does another provider have this name, as people read it? */
export function isTaken(name: string, names: readonly string[]): boolean {
  const read = name.trim().toLowerCase();
  return names.some((other) => other.trim().toLowerCase() === read);
}
