import { describe, expect, it } from 'vitest';
import { refusedProblem } from './refused-address.ts';

describe('refusedProblem', () => {
  it('says which request of the console was refused', () => {
    expect(
      refusedProblem('?code=console_refused&method=post&path=%2Fapi%2Falerts&reference=req-1'),
    ).toMatchObject({
      code: 'console_refused',
      reference: 'req-1',
      details: { request: 'POST /api/alerts' },
    });
  });

  it.each([
    '?code=console_refused&method=CALL&path=%2Fx',
    '?code=console_refused&method=POST&path=Call%20this%20number',
    '?code=console_refused&method=POST&path=%2FCall%20this%20number%20now',
    `?code=console_refused&method=POST&path=%2F${'x'.repeat(400)}`,
    '?code=console_refused',
  ])('repeats nothing that isn’t a request: %s', (search) => {
    expect(refusedProblem(search).details).toBeUndefined();
  });

  it('takes a code that it doesn’t know for the one that the page is about', () => {
    expect(refusedProblem('?code=toString').code).toBe('console_refused');
    expect(refusedProblem('?code=session_revoked').code).toBe('session_revoked');
  });
});
