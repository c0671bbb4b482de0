import { and, eq, inArray, isNull, ne } from 'drizzle-orm';
import type { Target } from '../../domain/target.ts';
import { comparableName } from '../../domain/unsafe-text.ts';
import type { Transaction } from '../storage/database.ts';
import {
  ssoSettings,
  ssoSettingTargets,
  ssoSettingVersions,
  type StoredActor,
  type StoredSettingDocument,
} from '../storage/schema.ts';
import { nameTaken } from './setting-problem.ts';
import type { StoredVersion } from './stored-settings.ts';

/** One version of a setting, about to be written. */
export interface NewVersion {
  readonly settingId: string;
  readonly version: number;
  readonly at: Date;
  readonly by: StoredActor;
  readonly reason: string;
  readonly change: StoredVersion['change'];
  readonly document: StoredSettingDocument;
}

/** Makes a version the current one, and keeps it in the history (R8). Targets are written apart. */
export async function storeVersion(tx: Transaction, version: NewVersion): Promise<void> {
  const { settingId, at, by, document, change } = version;
  const { targets: _held, ...state } = document;
  const row = {
    ...state,
    version: version.version,
    nameKey: comparableName(document.name),
    changedAt: at,
    changedBy: by,
    deletedAt: change === 'deleted' ? at : null,
  };
  if (change === 'created') {
    await tx.insert(ssoSettings).values({ ...row, id: settingId, createdAt: at });
  } else {
    await tx.update(ssoSettings).set(row).where(eq(ssoSettings.id, settingId));
  }
  await tx.insert(ssoSettingVersions).values(version);
}

const rowsPerStatement = 5_000;

/**
 * Writes what settings hold from now on, each whole. Everything is given up before anything is
 * taken: a target has one holder at every moment (R4).
 */
export async function storeTargets(
  tx: Transaction,
  holdings: ReadonlyMap<string, readonly Target[]>,
): Promise<void> {
  await tx
    .delete(ssoSettingTargets)
    .where(inArray(ssoSettingTargets.settingId, [...holdings.keys()]));
  const rows = [...holdings].flatMap(([settingId, targets]) =>
    targets.map(({ kind, id }) => ({
      settingId,
      siteId: kind === 'site' ? id : null,
      zoneId: kind === 'zone' ? id : null,
      sensorId: kind === 'sensor' ? id : null,
    })),
  );
  for (let start = 0; start < rows.length; start += rowsPerStatement) {
    await tx.insert(ssoSettingTargets).values(rows.slice(start, start + rowsPerStatement));
  }
}

/** Throws `name_taken` where another setting has the name, compared as people would. */
export async function requireFreeName(
  tx: Pick<Transaction, 'select'>,
  name: string,
  settingId: string,
): Promise<void> {
  const taken = await tx
    .select({ id: ssoSettings.id })
    .from(ssoSettings)
    .where(
      and(
        eq(ssoSettings.nameKey, comparableName(name)),
        ne(ssoSettings.id, settingId),
        isNull(ssoSettings.deletedAt),
      ),
    );
  if (taken.length > 0) throw nameTaken(name);
}
