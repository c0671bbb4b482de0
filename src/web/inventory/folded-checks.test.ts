import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../contract/gate-report.ts';
import { foldedChecks } from './folded-checks.ts';

function check(
  target: CheckResult['target'],
  step: CheckResult['step'],
  outcome: CheckResult['outcome'] = 'passed',
): CheckResult {
  const address = `${target}.example:443`;
  return { target, address, step, outcome, code: null, detail: '', milliseconds: 5 };
}

describe('foldedChecks', () => {
  it('takes one line for an address where everything passed', () => {
    const lines = foldedChecks([check('login', 'dns'), check('login', 'tcp')], (step) => step);
    expect(lines).toEqual([
      expect.objectContaining({
        target: 'login',
        step: null,
        outcome: 'passed',
        detail: 'Everything passed: dns, tcp.',
        milliseconds: 10,
      }),
    ]);
  });

  it('shows every step, in order, where one failed', () => {
    const steps = [check('portal', 'dns'), check('portal', 'tcp', 'failed')];
    expect(foldedChecks([check('login', 'dns'), ...steps], (step) => step)).toEqual([
      expect.objectContaining({ target: 'login', step: null }),
      ...steps,
    ]);
  });

  it('is empty without checks', () => {
    expect(foldedChecks([], (step) => step)).toEqual([]);
  });
});
