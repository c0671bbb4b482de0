import { describe, expect, it } from 'vitest';
import { refusalReason } from './refusal-reason.ts';

describe('why an entry is a refusal', () => {
  it.each([
    { after: { code: 'no_role' }, reason: 'None of your groups gives a role here' },
    { after: { code: 'not_known_yet' }, reason: 'not_known_yet' },
    { after: { code: 'console_refused', request: 'POST /a' }, reason: 'POST /a' },
    { after: { count: 3 }, reason: null },
    { after: null, reason: null },
  ])('$reason', ({ after, reason }) => {
    expect(refusalReason({ outcome: 'refused', after })).toBe(reason);
    expect(refusalReason({ outcome: 'succeeded', after })).toBeNull();
  });

  it('is another clock where a provider fails than where a gate refuses', () => {
    const told = { outcome: 'refused', after: { code: 'clock_off' } } as const;
    expect(refusalReason({ ...told, action: 'gate.signInRefused' })).toContain('this sensor');
    expect(refusalReason({ ...told, action: 'provider.failing' })).toContain('five minutes');
  });
});
