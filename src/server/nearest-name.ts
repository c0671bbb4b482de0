/** The name that was probably meant, or undefined where none is near. */
export function nearestName<T extends string>(written: string, names: readonly T[]): T | undefined {
  const [nearest] = names
    .map((name) => ({ name, distance: editDistance(written, name) }))
    .sort((a, b) => a.distance - b.distance);
  return nearest && nearest.distance <= written.length / 4 ? nearest.name : undefined;
}

/** Levenshtein's: the least number of letters to insert, delete or replace. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [above, letter] of Array.from(from).entries()) {
    const next = [above + 1];
    for (const [left, other] of Array.from(to).entries()) {
      const replace = (row[left] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replace, (row[left + 1] ?? 0) + 1, (next[left] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
