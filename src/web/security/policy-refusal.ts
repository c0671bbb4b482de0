import type { FieldError } from '../../contract/problem.ts';
import { messagesByField } from '../api/revised-edits.ts';
import { fieldSentences } from '../ui/field-sentence.ts';
import type { PolicyField } from './policy-draft.ts';

export const policyPaths: Readonly<Record<PolicyField, string>> = {
  idleMinutes: '/sessionPolicy/idleMinutes',
  totalMinutes: '/sessionPolicy/totalMinutes',
  bundleDays: '/sessionPolicy/bundleDays',
};

/** The server's messages at the fields that they belong to, as sentences (R21). */
export function policyErrors(errors: readonly FieldError[]): Partial<Record<PolicyField, string>> {
  return fieldSentences(messagesByField(errors, policyPaths));
}
