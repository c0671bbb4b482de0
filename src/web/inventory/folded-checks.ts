import type { CheckResult } from '../../contract/gate-report.ts';

/** A line of the table: one step, or all the steps to an address that all passed. */
export interface CheckLine {
  readonly target: CheckResult['target'];
  readonly address: string;
  /** Null: all of them. */
  readonly step: CheckResult['step'] | null;
  readonly outcome: CheckResult['outcome'];
  readonly code: string | null;
  readonly detail: string;
  readonly milliseconds: number | null;
}

/**
 * What people need to see of connectivity checks: an address where everything passed takes one
 * line, one where something failed all its steps, in their order.
 */
export function foldedChecks(
  checks: readonly CheckResult[],
  stepName: (step: CheckResult['step']) => string,
): CheckLine[] {
  const byAddress = new Map<string, CheckResult[]>();
  for (const check of checks) {
    const key = `${check.target} ${check.address}`;
    byAddress.set(key, [...(byAddress.get(key) ?? []), check]);
  }
  return [...byAddress.values()].flatMap((steps): CheckLine[] => {
    const [first] = steps;
    if (first === undefined || steps.some(({ outcome }) => outcome === 'failed')) return steps;
    const { target, address } = first;
    return [
      {
        target,
        address,
        step: null,
        outcome: 'passed',
        code: null,
        detail: `Everything passed: ${steps.map(({ step }) => stepName(step)).join(', ')}.`,
        milliseconds: steps.reduce((sum, { milliseconds }) => sum + (milliseconds ?? 0), 0),
      },
    ];
  });
}
