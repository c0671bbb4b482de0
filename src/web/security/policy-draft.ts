import { sessionPolicy } from '../../contract/security.ts';
import { sessionPolicyBounds, type SessionPolicy } from '../../domain/session-policy.ts';
import { fieldSentence } from '../ui/field-sentence.ts';
import { minutesText } from '../ui/minutes-text.ts';

export type PolicyField = keyof SessionPolicy;

/** The policy as it is typed: what isn't a number yet must not be lost either. */
export type PolicyDraft = Readonly<Record<PolicyField, string>>;

export const policyFields: Readonly<Record<PolicyField, { label: string; unit: string }>> = {
  idleMinutes: { label: 'A session ends after being idle for', unit: 'minutes' },
  totalMinutes: { label: 'A session ends in any case after', unit: 'minutes' },
  bundleDays: { label: 'A gate goes on without the portal for', unit: 'days' },
};

export const policyFieldNames = Object.keys(policyFields) as readonly PolicyField[];

export function draftOfPolicy(policy: SessionPolicy): PolicyDraft {
  return {
    idleMinutes: String(policy.idleMinutes),
    totalMinutes: String(policy.totalMinutes),
    bundleDays: String(policy.bundleDays),
  };
}

export type CheckedPolicy =
  | { readonly policy: SessionPolicy; readonly messages: null }
  | { readonly policy: null; readonly messages: Partial<Record<PolicyField, string>> };

/** What a draft says, or what is wrong at which field: the contract that the server checks, run here. */
export function checkPolicy(draft: PolicyDraft): CheckedPolicy {
  const entries = policyFieldNames.map((name) => [name, numberOf(draft[name])] as const);
  const checked = sessionPolicy.safeParse(Object.fromEntries(entries));
  if (checked.success) return { policy: checked.data, messages: null };
  const messages: Partial<Record<PolicyField, string>> = {};
  for (const { path, message } of checked.error.issues) {
    const field = policyFieldNames.find((name) => name === path[0]);
    if (field !== undefined) messages[field] ??= fieldSentence(message);
  }
  return { policy: null, messages };
}

function numberOf(text: string): number | string {
  return /^\s*\d{1,9}\s*$/u.test(text) ? Number(text) : text;
}

/** What a field may be, in words. */
export function boundsText(field: PolicyField): string {
  const { least, most } = sessionPolicyBounds[field];
  return `${least} to ${most} ${policyFields[field].unit}`;
}

/** The fields that a change makes shorter: for those it ends something that goes on now. */
export function shortened(from: SessionPolicy, to: SessionPolicy): PolicyField[] {
  return policyFieldNames.filter((name) => to[name] < from[name]);
}

/** One value of a policy with its unit. */
export function valueText(field: PolicyField, policy: SessionPolicy): string {
  if (field === 'bundleDays') {
    return `${policy.bundleDays} day${policy.bundleDays === 1 ? '' : 's'}`;
  }
  return minutesText(policy[field]);
}
