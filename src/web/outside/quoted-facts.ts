import type { Problem } from '../../contract/problem.ts';
import type { Asker } from './explained-refusal.ts';

/** What to quote of a refusal when asking for help: name and value. */
export function quotedFacts(
  { code, reference }: Pick<Problem, 'code' | 'reference'>,
  asker: Asker | null,
): (readonly [name: string, value: string])[] {
  return [
    ...(asker === null ? [] : [['Signed in as', asker.userPrincipalName] as const]),
    ['Code', code] as const,
    ...(reference === '' ? [] : [['Reference', reference] as const]),
  ];
}
