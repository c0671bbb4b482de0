import type { GroupReference } from '../../domain/group-mapping.ts';
import { isGuid } from '../../domain/guid.ts';

export interface PastedGroupIds {
  readonly groups: readonly GroupReference[];
  /** Lines that aren't object ids, as they were typed. */
  readonly wrong: readonly string[];
}

/**
 * Object ids that somebody pasted, one a line. Braces and quotes around them are taken off, as
 * PowerShell and spreadsheets add them; each id counts once, in lower case.
 */
export function pastedGroupIds(text: string): PastedGroupIds {
  const groups = new Map<string, GroupReference>();
  const wrong: string[] = [];
  for (const line of text.split(/[\n\r,;]+/u)) {
    const typed = line.trim();
    if (typed === '') continue;
    const id = typed.replaceAll(/^[{"']+|[}"']+$/gu, '').toLowerCase();
    if (isGuid(id)) groups.set(id, { id, displayName: null });
    else wrong.push(typed);
  }
  return { groups: [...groups.values()], wrong };
}

/** Adds groups to those that are chosen; one that is chosen already stays as it is. */
export function withGroups(
  chosen: readonly GroupReference[],
  added: readonly GroupReference[],
): GroupReference[] {
  const known = new Set(chosen.map((group) => group.id.toLowerCase()));
  return [...chosen, ...added.filter((group) => !known.has(group.id.toLowerCase()))];
}
