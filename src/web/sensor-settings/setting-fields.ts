import { ssoSettingInput } from '../../contract/sso-settings.ts';
import { limitedRoles, type LimitedRole } from '../../domain/console-rules.ts';
import { roleLabels, roles, type Role } from '../../domain/role.ts';
import { inputOf, type SettingDraft } from './setting-draft.ts';
import type { SettingStep } from './setting-steps.ts';

interface FieldPlace {
  readonly step: SettingStep;
  readonly label: string;
}

/** Every field of the wizard: where it stands and what it is called there. */
export const settingFields = {
  subscriptionName: { step: 'basics', label: 'Subscription' },
  type: { step: 'basics', label: 'Type' },
  name: { step: 'basics', label: 'Name' },
  description: { step: 'basics', label: 'Description' },
  clientId: { step: 'settings', label: 'Application name' },
  tenantId: { step: 'settings', label: 'Tenant' },
  permissions: { step: 'settings', label: 'Permissions management' },
  'permissions.admin': { step: 'settings', label: 'Admin' },
  'permissions.securityAnalyst': { step: 'settings', label: 'Security analyst' },
  'permissions.readOnly': { step: 'settings', label: 'Read only' },
  consoleRules: { step: 'settings', label: 'Console rules' },
  'consoleRules.securityAnalyst': { step: 'settings', label: 'Console rules of Security analyst' },
  'consoleRules.readOnly': { step: 'settings', label: 'Console rules of Read only' },
  allowRulesConfirmed: { step: 'settings', label: 'Outbound allow rules' },
  targets: { step: 'apply', label: 'Applies to' },
  reason: { step: 'review', label: 'Reason' },
} as const satisfies Record<string, FieldPlace>;

export type SettingField = keyof typeof settingFields;

export type FieldMessages = ReadonlyMap<SettingField, string>;

export function permissionsField(role: Role): SettingField {
  return `permissions.${role}`;
}

export function consoleRulesField(role: LimitedRole): SettingField {
  return `consoleRules.${role}`;
}

function isField(name: string): name is SettingField {
  return Object.hasOwn(settingFields, name);
}

/**
 * The field that a path of the request belongs to, or null: then the message is shown for the
 * whole form. An error inside a list is its list's.
 */
export function fieldAt(path: readonly PropertyKey[]): SettingField | null {
  const [first, second] = path.map(String);
  if (first === undefined) return null;
  if (first === 'permissions') {
    return roles.some((role) => role === second) ? permissionsField(second as Role) : 'permissions';
  }
  if (first === 'consoleRules') {
    const role = limitedRoles.find((one) => one === second);
    return role === undefined ? 'consoleRules' : consoleRulesField(role);
  }
  return isField(first) ? first : null;
}

/** The parts of a JSON Pointer (RFC 6901), with or without the leading `/body` of a request part. */
export function pointerParts(pointer: string): string[] {
  const parts = pointer
    .split('/')
    .filter((part) => part !== '')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return parts[0] === 'body' ? parts.slice(1) : parts;
}

/** A message of the contract ("is required") as a sentence about its field. */
export function sentence(field: SettingField, message: string): string {
  const whole = /^(is|must|has|have|isn’t|can’t) /u.test(message)
    ? `${settingFields[field].label} ${message}`
    : `${message.charAt(0).toUpperCase()}${message.slice(1)}`;
  return /[.!?]$/u.test(whole) ? whole : `${whole}.`;
}

/** A message about one rule says which; null for any other. */
function ruleSentence({ path: [first, role, index, part], message }: PathError): string | null {
  const limited = limitedRoles.find((one) => one === role);
  if (first !== 'consoleRules' || limited === undefined || index === undefined) return null;
  const place = `${roleLabels[limited]}, rule ${Number(index) + 1}`;
  return `${place}: the ${part === undefined ? 'rule' : String(part)} ${message}.`;
}

interface PathError {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** The first message for each field, and the messages that belong to no field. */
export interface PlacedErrors {
  readonly fields: FieldMessages;
  readonly others: readonly string[];
}

function placeErrors(errors: readonly PathError[]): PlacedErrors {
  const fields = new Map<SettingField, string>();
  const others: string[] = [];
  for (const error of errors) {
    const field = fieldAt(error.path);
    if (field === null) others.push(error.message);
    else if (!fields.has(field)) {
      fields.set(field, ruleSentence(error) ?? sentence(field, error.message));
    }
  }
  return { fields, others };
}

/** What the server's problem document says, at the fields that it is about. */
export function placeProblemErrors(
  errors: readonly { readonly path: string; readonly message: string }[],
): PlacedErrors {
  return placeErrors(
    errors.map((error) => ({ path: pointerParts(error.path), message: error.message })),
  );
}

/** What is wrong with a draft: the contract that the server checks, run here, and nothing else. */
export function draftMessages(draft: SettingDraft): FieldMessages {
  const checked = ssoSettingInput.safeParse(inputOf(draft));
  const fields = new Map(checked.success ? [] : placeErrors(checked.error.issues).fields);
  for (const field of ['clientId', 'tenantId'] as const) {
    if (draft[field].trim() === '') fields.set(field, sentence(field, 'is required'));
  }
  return fields;
}

/** The fields of one step that have a message. */
export function messagesAt(step: SettingStep, messages: FieldMessages): FieldMessages {
  return new Map([...messages].filter(([field]) => settingFields[field].step === step));
}
