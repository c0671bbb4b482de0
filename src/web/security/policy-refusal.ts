import type { FieldError } from '../../contract/problem.ts';
import { messagesByField } from '../api/revised-edits.ts';
import { policyFieldNames, sentence, type PolicyField } from './policy-draft.ts';

export const policyPaths: Readonly<Record<PolicyField, string>> = {
  idleMinutes: '/sessionPolicy/idleMinutes',
  totalMinutes: '/sessionPolicy/totalMinutes',
  bundleDays: '/sessionPolicy/bundleDays',
};

/** The server's messages at the fields that they belong to, as sentences (R21). */
export function policyErrors(errors: readonly FieldError[]): Partial<Record<PolicyField, string>> {
  const messages = messagesByField(errors, policyPaths);
  return Object.fromEntries(
    policyFieldNames.flatMap((name) => {
      const message = messages[name];
      return message === undefined ? [] : [[name, sentence(message)] as const];
    }),
  );
}
