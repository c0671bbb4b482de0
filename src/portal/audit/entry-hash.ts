import { createHash } from 'node:crypto';
import type { StoredActor } from '../storage/schema.ts';

/** Hash "before" the first entry. */
export const chainStart = '0'.repeat(64);

/** Everything of an entry that its hash covers, the hash before it included (R18). */
export interface ChainedEntry {
  readonly sequence: number;
  readonly at: Date;
  readonly actor: StoredActor;
  readonly address: string | null;
  readonly action: string;
  readonly outcome: 'succeeded' | 'refused';
  readonly subject: string;
  readonly siteIds: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
  readonly previousHash: string;
}

/** SHA-256 over the canonical JSON of an entry, in hexadecimal. */
export function entryHash(entry: ChainedEntry): string {
  const { sequence, at, actor, address, action, outcome, subject, siteIds } = entry;
  const { before, after, previousHash } = entry;
  const covered = {
    sequence,
    at: at.toISOString(),
    actor,
    address,
    action,
    outcome,
    subject,
    siteIds,
    before,
    after,
    previousHash,
  };
  return createHash('sha256').update(canonicalJson(covered)).digest('hex');
}

/**
 * JSON with the keys of every object in order, as in RFC 8785: PostgreSQL's jsonb doesn't keep
 * theirs, and the hash must come out the same after reading an entry back.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(
      Object.entries(part).sort(([one], [other]) => (one < other ? -1 : Number(one > other))),
    );
  });
}
