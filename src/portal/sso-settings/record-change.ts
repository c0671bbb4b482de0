import { targetKey } from '../../domain/target.ts';
import type { Asker } from '../http/asker.ts';
import { actorOf } from '../http/principal.ts';
import type { AuditEntry } from '../storage/audit-log.ts';
import type { Transaction } from '../storage/database.ts';
import type { StoredSettingDocument } from '../storage/schema.ts';
import { auditedDocument, documentOf, sitesOf } from './setting-document.ts';
import type { SettingDeps } from './setting-turn.ts';
import { storeTargets, storeVersion, type NewVersion } from './store-setting.ts';
import { readSettingIn, type StoredSetting } from './stored-settings.ts';

/** One change of one setting, before and after. */
export interface RecordedChange {
  readonly settingId: string;
  readonly version: number;
  readonly change: NewVersion['change'];
  readonly reason: string;
  readonly before: StoredSettingDocument | null;
  readonly after: StoredSettingDocument;
}

/** What the settings lose from which `taker` takes targets (R4): a version of each. */
export async function targetsTaken(
  tx: Transaction,
  holders: Iterable<string>,
  taker: StoredSettingDocument,
): Promise<RecordedChange[]> {
  const taken = new Set(taker.targets.map(targetKey));
  const changes: RecordedChange[] = [];
  for (const settingId of new Set(holders)) {
    const holder = await readSettingIn(tx, settingId);
    if (holder === null) continue;
    const before = documentOf(holder);
    const targets = holder.targets.filter((target) => !taken.has(targetKey(target)));
    changes.push({
      settingId,
      version: holder.version + 1,
      change: 'targetsTaken',
      reason: `Targets taken by the SSO setting "${taker.name}"`,
      before,
      after: { ...before, targets },
    });
  }
  return changes;
}

/** Writes changes with their versions, their targets and their audit entries; the caller holds the turn. */
export async function recordChanges(
  deps: SettingDeps,
  tx: Transaction,
  who: { readonly asker: Asker; readonly address: string },
  changes: readonly RecordedChange[],
): Promise<void> {
  const { principal, snapshot } = who.asker;
  const by = actorOf(principal);
  const at = new Date();
  for (const { settingId, version, change, reason, after } of changes) {
    await storeVersion(tx, { settingId, version, at, by, reason, change, document: after });
  }
  const held = changes.map(({ settingId, change, after }) => {
    return [settingId, change === 'deleted' ? [] : after.targets] as const;
  });
  await storeTargets(tx, new Map(held));
  await deps.bumpRevision(tx, 'access');
  for (const { settingId, change, reason, before, after } of changes) {
    const entry: AuditEntry = {
      actor: by,
      address: who.address,
      action: `ssoSetting.${change}`,
      outcome: 'succeeded',
      subject: `SSO setting "${after.name}" (${settingId})`,
      siteIds: sitesOf([...(before?.targets ?? []), ...after.targets], snapshot),
      before: before === null ? null : auditedDocument(before, snapshot),
      after: change === 'deleted' ? null : { ...auditedDocument(after, snapshot), reason },
    };
    await deps.appendAudit(tx, entry);
  }
}

/** A setting as it is now, of which the transaction that wrote it must find it. */
export async function requireSetting(tx: Transaction, settingId: string): Promise<StoredSetting> {
  const setting = await readSettingIn(tx, settingId);
  if (setting === null) throw new Error('a setting is gone that was just written');
  return setting;
}
