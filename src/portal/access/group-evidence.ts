import { and, eq, gt } from 'drizzle-orm';
import { LRUCache } from 'lru-cache';
import { groupSet, type GroupSet } from '../../domain/group-mapping.ts';
import type { Database } from '../storage/database.ts';
import { groupEvidence } from '../storage/schema.ts';

export interface PersonId {
  readonly tenantId: string;
  readonly objectId: string;
}

export interface Evidence {
  readonly groups: GroupSet;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface GroupEvidenceStore {
  /** The list that was completed for a person, until it expires (R11). */
  find(person: PersonId): Promise<Evidence | null>;
  remembered(person: PersonId): Evidence | undefined;
  keep(person: PersonId, groupIds: readonly string[]): Promise<void>;
}

/** As long as an access token carries its own list. */
const lifetime = 3_600_000;
/** Another instance may have got a newer list. */
const rememberedFor = 60_000;

export function createGroupEvidenceStore(
  { db }: Pick<Database, 'db'>,
  now: () => Date,
): GroupEvidenceStore {
  const memory = new LRUCache<string, Evidence>({ max: 5_000, ttl: rememberedFor });
  const keyOf = ({ tenantId, objectId }: PersonId) => `${tenantId}/${objectId}`;

  function remembered(person: PersonId): Evidence | undefined {
    const evidence = memory.get(keyOf(person));
    return evidence !== undefined && evidence.expiresAt > now().getTime() ? evidence : undefined;
  }

  return {
    remembered,
    async find(person) {
      const known = remembered(person);
      if (known !== undefined) return known;
      const [row] = await db
        .select()
        .from(groupEvidence)
        .where(
          and(
            eq(groupEvidence.tenantId, person.tenantId),
            eq(groupEvidence.objectId, person.objectId),
            gt(groupEvidence.expiresAt, now()),
          ),
        );
      if (row === undefined) return null;
      const found = { groups: groupSet(row.groups), expiresAt: row.expiresAt.getTime() };
      memory.set(keyOf(person), found);
      return found;
    },
    async keep(person, groupIds) {
      const expiresAt = new Date(now().getTime() + lifetime);
      const groups = [...groupSet(groupIds)];
      await db
        .insert(groupEvidence)
        .values({ ...person, groups, expiresAt })
        .onConflictDoUpdate({
          target: [groupEvidence.tenantId, groupEvidence.objectId],
          set: { groups, expiresAt },
        });
      memory.set(keyOf(person), { groups: new Set(groups), expiresAt: expiresAt.getTime() });
    },
  };
}
