import type { ImportReport } from '../../contract/inventory-import.ts';

type Counts = ImportReport['sites'];

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

type Tense = 'done' | 'planned';

const verbs = {
  done: { added: 'added', changed: 'changed', moved: 'moved' },
  planned: { added: 'to add', changed: 'to change', moved: 'to move' },
} as const;

function countParts(counts: Counts, noun: string, tense: Tense): string[] {
  const { added, changed } = verbs[tense];
  return [
    ...(counts.added > 0 ? [`${plural(counts.added, noun)} ${added}`] : []),
    ...(counts.changed > 0 ? [`${plural(counts.changed, noun)} ${changed}`] : []),
  ];
}

/** True when importing would change nothing: the same file again. */
export function changesNothing(report: ImportReport): boolean {
  return [report.sites, report.zones, report.sensors].every(
    (counts) => counts.added === 0 && counts.changed === 0,
  );
}

/** What an import did, or is about to do, in one line. */
export function changeSummary(report: ImportReport, tense: Tense): string {
  const parts = [
    ...countParts(report.sites, 'site', tense),
    ...countParts(report.zones, 'zone', tense),
    ...countParts(report.sensors, 'sensor', tense),
    ...(report.sensors.moved > 0 ? [`${report.sensors.moved} of them ${verbs[tense].moved}`] : []),
  ];
  return parts.length === 0 ? 'Nothing changes' : parts.join(', ');
}

/** "The first 200 of 512 errors", or null when all are shown. */
export function cutNotice(shown: number, all: number, noun: string): string | null {
  return shown < all ? `The first ${shown} of ${plural(all, noun)} are shown.` : null;
}

/** A file's size as people read it. */
export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const kilobytes = bytes / 1024;
  return kilobytes < 1024 ? `${kilobytes.toFixed(1)} kB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}
