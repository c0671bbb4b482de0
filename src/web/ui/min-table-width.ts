/** Room, in pixels, that a column without a width of its own keeps. */
const flexibleColumn = 160;

/**
 * The least width, in pixels, at which no column of a table with a fixed layout is crushed: columns
 * with a width (`30%`, `120px`) take theirs first, and the others share what is left.
 */
export function minTableWidth(widths: readonly (string | undefined)[]): number {
  const sum = (unit: string) =>
    widths
      .filter((width) => width?.endsWith(unit) === true)
      .reduce((total, width) => total + Number.parseFloat(width ?? '0'), 0);
  const flexible = widths.filter((width) => width === undefined).length;
  const left = 1 - sum('%') / 100;
  const byShares = left > 0 ? (sum('px') + flexible * flexibleColumn) / left : 0;
  const shares = widths.filter((width) => width?.endsWith('%') === true).length;
  const byCount = sum('px') + (flexible + shares) * (flexibleColumn * 0.75);
  return Math.ceil(Math.max(byShares, byCount));
}
