import type { SsoSettingDeletion } from '../../contract/sso-setting-deletion.ts';
import { effectiveSetting } from '../../domain/effective-setting.ts';
import { emptyMapping } from '../../domain/group-mapping.ts';
import type { Asker } from '../http/asker.ts';
import { staleRevision } from '../../server/problem-error.ts';
import { sensorPlace } from '../storage/access-snapshot.ts';
import { consequencesOf, namedRisks, namedUncovered, type Consequences } from './consequences.ts';
import { editableSetting } from './editable-setting.ts';
import { recordChanges } from './record-change.ts';
import { sensorCounts } from './sensor-counts.ts';
import { revisionOf, settingAnswer } from './setting-answer.ts';
import { documentOf } from './setting-document.ts';
import { acknowledgementOf, lockout } from './setting-problem.ts';
import { inSettingTurn, type SettingDeps } from './setting-turn.ts';
import type { StoredSetting } from './stored-settings.ts';

/** What deleting a setting would do (R6, R9). */
export async function reviewDeletion(
  deps: Pick<SettingDeps, 'database'>,
  asker: Asker,
  settingId: string,
): Promise<SsoSettingDeletion> {
  const setting = await deps.database.db.transaction((tx) => editableSetting(tx, asker, settingId));
  const { snapshot } = asker;
  const { uncovered, risks, after } = deletionOf(asker, setting);
  const without = [...snapshot.sensors.values()].filter((sensor) => {
    const now = effectiveSetting(sensorPlace(sensor), snapshot.holdings);
    return now?.settingId === settingId && effectiveSetting(sensorPlace(sensor), after) === null;
  });
  return {
    revision: revisionOf(setting),
    uncovered: namedUncovered(uncovered, snapshot),
    lockoutRisks: namedRisks(risks, snapshot),
    sensorsWithoutSso: without.length,
    acknowledgement: acknowledgementOf(risks),
  };
}

function deletionOf(asker: Asker, { id, targets: had }: StoredSetting): Consequences {
  return consequencesOf(asker, { settingId: id, had, targets: [], permissions: emptyMapping });
}

/** Deletes a setting that is at `revision`. Its versions stay (R8). */
export async function deleteSetting(
  deps: SettingDeps,
  who: { readonly asker: Asker; readonly address: string },
  settingId: string,
  revision: string | null,
  { acknowledges, reason }: { readonly acknowledges: string | undefined; readonly reason: string },
): Promise<void> {
  await inSettingTurn(deps, who.asker, async (tx, asker) => {
    const setting = await editableSetting(tx, asker, settingId);
    if (revision !== revisionOf(setting)) {
      const count = sensorCounts(asker.snapshot).get(settingId) ?? 0;
      throw staleRevision(settingAnswer(asker, setting, count));
    }
    const { risks } = deletionOf(asker, setting);
    const acknowledgement = acknowledgementOf(risks);
    if (acknowledgement !== null && acknowledges !== acknowledgement) {
      throw lockout(risks, asker.snapshot, acknowledgement);
    }
    const before = documentOf(setting);
    const version = setting.version + 1;
    await recordChanges(deps, tx, { ...who, asker }, [
      { settingId, version, change: 'deleted', reason, before, after: before },
    ]);
  });
}
