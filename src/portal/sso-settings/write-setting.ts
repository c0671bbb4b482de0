import { randomUUID } from 'node:crypto';
import type { SsoSetting } from '../../contract/sso-settings.ts';
import { unacknowledged } from '../../domain/lockout.ts';
import { namesReplacements, replacementsBy } from '../../domain/target-replacement.ts';
import type { Asker } from '../http/asker.ts';
import { staleRevision } from '../../server/problem-error.ts';
import { readAccessSnapshot } from '../storage/access-snapshot.ts';
import type { Transaction } from '../storage/database.ts';
import { checkTargets } from './check-targets.ts';
import { consequencesOf, type Consequences } from './consequences.ts';
import { editableSetting } from './editable-setting.ts';
import {
  recordChanges,
  requireSetting,
  targetsTaken,
  type RecordedChange,
} from './record-change.ts';
import { sensorCounts, sensorsUnder } from './sensor-counts.ts';
import { revisionOf, settingAnswer } from './setting-answer.ts';
import { documentOf, sameDocument, type SettingWrite } from './setting-document.ts';
import { lockout, nameTaken, replacementMismatch, violatedConstraint } from './setting-problem.ts';
import { inSettingTurn, type SettingDeps } from './setting-turn.ts';
import { requireFreeName } from './store-setting.ts';
import type { StoredSetting } from './stored-settings.ts';

interface Who {
  readonly asker: Asker;
  readonly address: string;
}

/** Creates a setting, or throws what stands against it (R4, R9, R10). Answers it as it is then. */
export async function createSetting(
  deps: SettingDeps,
  who: Who,
  write: SettingWrite,
): Promise<SsoSetting> {
  const settingId = randomUUID();
  return raced(deps, { ...write, settingId }, () =>
    inSettingTurn(deps, who.asker, async (tx, asker) => {
      const consequences = await checkedWrite(tx, asker, write, settingId, null);
      const made = { settingId, version: 1, change: 'created', before: null } as const;
      return carryOut(deps, tx, { ...who, asker }, write, consequences, made);
    }),
  );
}

/** Changes a setting that is at `revision`; a stale one is 412 with what is there now (R7). */
export async function changeSetting(
  deps: SettingDeps,
  who: Who,
  settingId: string,
  revision: string | null,
  write: SettingWrite,
): Promise<SsoSetting> {
  return raced(deps, { ...write, settingId }, () =>
    inSettingTurn(deps, who.asker, async (tx, asker) => {
      const setting = await editableSetting(tx, asker, settingId);
      const count = sensorCounts(asker.snapshot).get(settingId) ?? 0;
      const now = settingAnswer(asker, setting, count);
      if (revision !== revisionOf(setting)) throw staleRevision(now);
      const consequences = await checkedWrite(tx, asker, write, settingId, setting);
      const before = documentOf(setting);
      if (sameDocument(before, documentOf(write))) return now;
      const version = setting.version + 1;
      const made = { settingId, version, change: 'changed', before } as const;
      return carryOut(deps, tx, { ...who, asker }, write, consequences, made);
    }),
  );
}

async function checkedWrite(
  tx: Transaction,
  asker: Asker,
  write: SettingWrite,
  settingId: string,
  setting: StoredSetting | null,
): Promise<Consequences> {
  const { targets, permissions, replaces, acknowledges } = write;
  checkTargets(asker, targets, write.subscriptionName);
  await requireFreeName(tx, write.name, settingId);
  const had = setting?.targets ?? [];
  const consequences = consequencesOf(asker, { settingId, had, targets, permissions });
  if (!namesReplacements(replaces, consequences.replacements)) {
    throw replacementMismatch(consequences.replacements, asker.snapshot);
  }
  const open = unacknowledged(consequences.risks, acknowledges);
  if (open.length > 0) throw lockout(open, asker.snapshot);
  return consequences;
}

/** Writes what was checked, for the setting itself and for those that it takes targets from. */
async function carryOut(
  deps: SettingDeps,
  tx: Transaction,
  who: Who,
  write: SettingWrite,
  { after, replacements }: Consequences,
  made: Omit<RecordedChange, 'after' | 'reason'>,
): Promise<SsoSetting> {
  const document = documentOf(write);
  const holders = replacements.map((one) => one.settingId);
  const taken = await targetsTaken(tx, holders, document);
  const own = { ...made, reason: write.reason, after: document };
  await recordChanges(deps, tx, who, [...taken, own]);
  const { sensors } = sensorsUnder(made.settingId, after, who.asker.snapshot);
  return settingAnswer(who.asker, await requireSetting(tx, made.settingId), sensors);
}

/**
 * A writer that took no turn can still come between: the constraints of the database are R4
 * itself, and what they refuse is answered like what the rules refuse.
 */
async function raced<T>(
  deps: SettingDeps,
  write: SettingWrite & { readonly settingId: string },
  change: () => Promise<T>,
): Promise<T> {
  try {
    return await change();
  } catch (error) {
    const constraint = violatedConstraint(error);
    if (constraint === 'sso_settings_name') throw nameTaken(write.name);
    if (constraint?.startsWith('sso_setting_targets_') !== true) throw error;
    const snapshot = await readAccessSnapshot(deps.database.db);
    const replacements = replacementsBy(write.settingId, write.targets, snapshot.holdings);
    throw replacementMismatch(replacements, snapshot);
  }
}
