import type { Verification, VerificationCheck } from '../../contract/provider-verification.ts';
import { checkLabels } from '../ui/provider-labels.ts';

export const checkStates: Readonly<Record<VerificationCheck['state'], string>> = {
  waiting: 'Waiting',
  passed: 'Passed',
  failed: 'Failed',
  skipped: 'Skipped',
};

/** How far a verification is, in one sentence: a screen reader says it anew when it gets further. */
export function progressText({ state, checks }: Verification): string {
  const failed = checks.find((check) => check.state === 'failed');
  if (failed !== undefined) return `${checkLabels[failed.name]}: failed. ${failed.detail}`;
  const done = checks.filter((check) => check.state === 'passed' || check.state === 'skipped');
  if (state === 'passed') return `Verified: ${done.length} of ${checks.length} checks are done.`;
  if (state === 'abandoned') return 'The sign-in wasn’t finished within ten minutes.';
  if (done.length === 0) return 'Waiting for the sign-in in the other window.';
  return `${done.length} of ${checks.length} checks are done.`;
}
