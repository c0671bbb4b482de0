import { z } from 'zod';
import { gateEvent, type GateEvent } from '../../contract/gate-report.ts';
import { shownText } from '../../domain/unsafe-text.ts';

/** An event in its place in a gate's queue: as the contract has it, or what is known of one that isn't. */
export type QueuedEvent =
  | { readonly sequence: number; readonly event: GateEvent }
  | { readonly sequence: number; readonly event: null; readonly unreadable: Unreadable };

export interface Unreadable {
  /** As it was sent, as far as it was. */
  readonly kind: string | null;
  readonly at: string | null;
  /** Where it isn't as the contract has it; nothing of what it says. */
  readonly problems: readonly string[];
}

const placed = z.object({ sequence: z.number().int().min(1) });
const told = z.object({
  kind: z.string().optional().catch(undefined),
  at: z.iso.datetime().optional().catch(undefined),
});

/**
 * Reads a batch, in the order of the queue. An event that can't be read keeps its place: were it
 * refused, nothing behind it would ever arrive. One without a number stands where its neighbours
 * say; `next`: where a batch begins that has no number at all.
 */
export function queuedEvents(batch: readonly unknown[], next: number): QueuedEvent[] {
  const numbers = batch.map((sent) => placed.safeParse(sent).data?.sequence);
  const anchor = numbers.findIndex((number) => number !== undefined);
  let before = (numbers[anchor] ?? next + anchor) - anchor - 1;
  const events = batch.map((sent, index) => {
    before = numbers[index] ?? before + 1;
    return readEvent(sent, before);
  });
  const seen = new Set<number>();
  return events
    .toSorted((a, b) => a.sequence - b.sequence)
    .filter(({ sequence }) => Number.isSafeInteger(sequence))
    .filter(({ sequence }) => !seen.has(sequence) && seen.add(sequence));
}

function readEvent(sent: unknown, sequence: number): QueuedEvent {
  const { data, error } = gateEvent.safeParse(sent);
  if (data !== undefined) return { sequence, event: data };
  const { kind, at } = told.safeParse(sent).data ?? {};
  const problems = error.issues
    .slice(0, 10)
    .map(({ path, code }) => shownText(`/${path.join('/')} ${code}`).slice(0, 200));
  const unreadable = { kind: kind === undefined ? null : cut(kind), at: at ?? null, problems };
  return { sequence, event: null, unreadable };
}

function cut(text: string): string {
  return shownText(text.slice(0, 60));
}

/** What is new after `taken`, as far as none is missing in between. */
export function nextEvents(events: readonly QueuedEvent[], taken: number): QueuedEvent[] {
  const fresh = events.filter(({ sequence }) => sequence > taken);
  const gap = fresh.findIndex(({ sequence }, index) => sequence !== taken + 1 + index);
  return gap < 0 ? fresh : fresh.slice(0, gap);
}
