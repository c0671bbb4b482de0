import { consoleRulesAnswer } from '../../contract/console-rules.ts';
import { mappingAnswer } from '../../contract/group-mapping.ts';
import type { SsoSetting, SsoSettingInput } from '../../contract/sso-settings.ts';
import type { NamedTarget } from '../../contract/target.ts';
import { defaultConsoleRules, type ConsoleRules } from '../../domain/console-rules.ts';
import { emptyMapping, type GroupMapping } from '../../domain/group-mapping.ts';
import type { LockoutReason } from '../../domain/lockout.ts';
import { targetKey, type Target } from '../../domain/target.ts';

/** What somebody has entered in the wizard so far. Targets keep their names, so that a reload needs no look-up. */
export interface SettingDraft {
  readonly subscriptionName: string;
  readonly name: string;
  readonly description: string;
  readonly clientId: string;
  readonly tenantId: string;
  readonly permissions: GroupMapping;
  readonly consoleRules: ConsoleRules;
  readonly targets: readonly NamedTarget[];
  readonly allowRulesConfirmed: boolean;
  readonly reason: string;
  /** Keys of the lockout risks that were acknowledged (R9). */
  readonly acknowledged: readonly string[];
}

/** An empty wizard; `tenantId` is the directory that the portal itself signs in with. */
export function newDraft(tenantId: string): SettingDraft {
  return {
    subscriptionName: '',
    name: '',
    description: '',
    clientId: '',
    tenantId,
    permissions: emptyMapping,
    consoleRules: defaultConsoleRules,
    targets: [],
    allowRulesConfirmed: false,
    reason: '',
    acknowledged: [],
  };
}

/** The wizard opened on a setting. Its allow rules were confirmed when it was created. */
export function draftOf(setting: SsoSetting): SettingDraft {
  return {
    subscriptionName: setting.subscriptionName,
    name: setting.name,
    description: setting.description,
    clientId: setting.clientId,
    tenantId: setting.tenantId,
    permissions: setting.permissions,
    consoleRules: setting.consoleRules,
    targets: setting.targets,
    allowRulesConfirmed: true,
    reason: '',
    acknowledged: [],
  };
}

/** What the API is sent. An unconfirmed allow rule is sent as it is, for the contract to refuse. */
export function inputOf(draft: SettingDraft): SsoSettingInput {
  return {
    subscriptionName: draft.subscriptionName,
    type: 'singleSignOn',
    name: draft.name,
    description: draft.description,
    clientId: draft.clientId,
    tenantId: draft.tenantId,
    permissions: mappingAnswer(draft.permissions),
    consoleRules: consoleRulesAnswer(draft.consoleRules),
    targets: draft.targets.map(({ kind, id }) => ({ kind, id })),
    allowRulesConfirmed: draft.allowRulesConfirmed as true,
    reason: draft.reason,
  };
}

/** One string for each lockout risk: acknowledging one reason doesn't acknowledge another. */
export function riskKey(risk: { readonly target: Target; readonly reason: LockoutReason }): string {
  return `${targetKey(risk.target)}!${risk.reason}`;
}
