import type { createSsoSetting } from '../../contract/sso-settings.ts';
import type { BodyOf } from '../../contract/endpoint.ts';
import { targetKey, type Target } from '../../domain/target.ts';
import { placeOf, type AccessSnapshot } from '../storage/access-snapshot.ts';
import type { StoredSettingDocument } from '../storage/schema.ts';
import { namedTargets } from './named-target.ts';

/** What the wizard sends to create or change a setting. */
export type SettingWrite = BodyOf<typeof createSsoSetting>;

/** What is kept of a setting in each version. */
export function documentOf(setting: StoredSettingDocument): StoredSettingDocument {
  const { subscriptionName, name, description, tenantId, clientId, permissions, targets } = setting;
  return { subscriptionName, name, description, tenantId, clientId, permissions, targets };
}

/** True when a change would write what is there already: the order of targets says nothing. */
export function sameDocument(a: StoredSettingDocument, b: StoredSettingDocument): boolean {
  const text = (document: StoredSettingDocument) => {
    const { admin, securityAnalyst, readOnly } = document.permissions;
    const groups = [admin, securityAnalyst, readOnly].map((list) =>
      list.map(({ id, displayName }) => [id, displayName]),
    );
    const { subscriptionName, name, description, tenantId, clientId, targets } = document;
    const held = targets.map(targetKey).toSorted();
    return JSON.stringify([subscriptionName, name, description, tenantId, clientId, groups, held]);
  };
  return text(a) === text(b);
}

/** A document as the audit log keeps it: targets with their names, which people read. */
export function auditedDocument(document: StoredSettingDocument, snapshot: AccessSnapshot) {
  return { ...documentOf(document), targets: namedTargets(document.targets, snapshot) };
}

/** The sites that targets stand in: their analysts may read what was changed there. */
export function sitesOf(targets: readonly Target[], snapshot: AccessSnapshot): string[] {
  const ids = targets.flatMap((target) => placeOf(target, snapshot)?.siteId ?? []);
  return [...new Set(ids)];
}
