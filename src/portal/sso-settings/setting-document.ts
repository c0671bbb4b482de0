import type { createSsoSetting } from '../../contract/sso-settings.ts';
import type { BodyOf } from '../../contract/endpoint.ts';
import { defaultConsoleRules, type ConsoleRules } from '../../domain/console-rules.ts';
import { targetKey, type Target } from '../../domain/target.ts';
import { placeOf, type AccessSnapshot } from '../storage/access-snapshot.ts';
import type { StoredSettingDocument } from '../storage/schema.ts';
import { namedTargets } from './named-target.ts';

/** What the wizard sends to create or change a setting. */
export type SettingWrite = BodyOf<typeof createSsoSetting>;

/** What is kept of a setting in each version. */
export function documentOf(setting: StoredSettingDocument): StoredSettingDocument {
  const { subscriptionName, name, description, tenantId, clientId, permissions, targets } = setting;
  const rules = setting.consoleRules ?? defaultConsoleRules;
  // Null for the default, so that a better default one day is theirs too who never chose.
  const consoleRules = rulesText(rules) === rulesText(defaultConsoleRules) ? null : rules;
  return {
    subscriptionName,
    name,
    description,
    tenantId,
    clientId,
    permissions,
    consoleRules,
    targets,
  };
}

/** Says the same for rules that are the same: their order counts, that of their methods doesn't. */
function rulesText(rules: ConsoleRules): string {
  const list = (of: ConsoleRules['readOnly']) =>
    of.map(({ effect, methods, path }) => [effect, [...new Set(methods)].toSorted(), path]);
  return JSON.stringify([list(rules.securityAnalyst), list(rules.readOnly)]);
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
    const rules = rulesText(document.consoleRules ?? defaultConsoleRules);
    const texts = [subscriptionName, name, description, tenantId, clientId, rules];
    return JSON.stringify([...texts, groups, held]);
  };
  return text(a) === text(b);
}

/** A document as the audit log keeps it: targets with their names and the rules in full, which people read. */
export function auditedDocument(document: StoredSettingDocument, snapshot: AccessSnapshot) {
  return {
    ...documentOf(document),
    consoleRules: document.consoleRules ?? defaultConsoleRules,
    targets: namedTargets(document.targets, snapshot),
  };
}

/** The sites that targets stand in: their analysts may read what was changed there. */
export function sitesOf(targets: readonly Target[], snapshot: AccessSnapshot): string[] {
  const ids = targets.flatMap((target) => placeOf(target, snapshot)?.siteId ?? []);
  return [...new Set(ids)];
}
