import { comparableName } from '../../domain/unsafe-text.ts';

/** By name as people compare them, then by id, so that an order is the same every time. */
export function byName(
  a: { readonly id: string; readonly name: string },
  b: { readonly id: string; readonly name: string },
): number {
  return compareText(comparableName(a.name), comparableName(b.name)) || compareText(a.id, b.id);
}

export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
