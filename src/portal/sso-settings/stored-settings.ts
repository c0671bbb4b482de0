import { desc, eq, isNull, and, type SQL } from 'drizzle-orm';
import type { Target } from '../../domain/target.ts';
import { targetOfRow } from '../storage/access-snapshot.ts';
import type { Drizzle, Transaction } from '../storage/database.ts';
import { ssoSettings, ssoSettingTargets, ssoSettingVersions } from '../storage/schema.ts';

type SettingRow = typeof ssoSettings.$inferSelect;

/** A setting as it is kept, with its targets. */
export interface StoredSetting extends SettingRow {
  readonly targets: readonly Target[];
}

export type StoredVersion = typeof ssoSettingVersions.$inferSelect;

/** Settings that aren't deleted, by name; state and targets of one moment. */
export async function readSettings(db: Drizzle): Promise<StoredSetting[]> {
  return atOneMoment(db, undefined);
}

export async function readSetting(db: Drizzle, id: string): Promise<StoredSetting | null> {
  const [setting] = await atOneMoment(db, id);
  return setting ?? null;
}

/** Within a transaction that has its turn to write. */
export async function readSettingIn(tx: Transaction, id: string): Promise<StoredSetting | null> {
  const [setting] = await select(tx, id);
  return setting ?? null;
}

async function atOneMoment(db: Drizzle, id: string | undefined): Promise<StoredSetting[]> {
  return db.transaction((tx) => select(tx, id), {
    isolationLevel: 'repeatable read',
    accessMode: 'read only',
  });
}

async function select(tx: Transaction, id: string | undefined): Promise<StoredSetting[]> {
  const there = isNull(ssoSettings.deletedAt);
  const which: SQL | undefined = id === undefined ? there : and(there, eq(ssoSettings.id, id));
  const rows = await tx.select().from(ssoSettings).where(which).orderBy(ssoSettings.nameKey);
  const targetRows = await tx
    .select()
    .from(ssoSettingTargets)
    .where(id === undefined ? undefined : eq(ssoSettingTargets.settingId, id));
  const targets = new Map<string, Target[]>(rows.map((row) => [row.id, []]));
  for (const row of targetRows) targets.get(row.settingId)?.push(targetOfRow(row));
  return rows.map((row) => ({ ...row, targets: targets.get(row.id) ?? [] }));
}

/** Newest first; also of a setting that was deleted. */
export async function readVersions(db: Drizzle, settingId: string): Promise<StoredVersion[]> {
  return db
    .select()
    .from(ssoSettingVersions)
    .where(eq(ssoSettingVersions.settingId, settingId))
    .orderBy(desc(ssoSettingVersions.version));
}
