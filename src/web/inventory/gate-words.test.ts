import { describe, expect, it } from 'vitest';
import { allowRulesText, clockWords, gateWarnings } from './gate-words.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const later = (days: number) => new Date(now + days * 86_400_000).toISOString();
const fine = {
  clockOffset: 900,
  certificateExpiresAt: later(90),
  bundleExpiresAt: later(29),
  trouble: null,
};

describe('clockWords', () => {
  it('says the amount and the direction', () => {
    expect(clockWords(null)).toBe('Not measured yet');
    expect(clockWords(-1200)).toBe('Correct');
    expect(clockWords(-42_000)).toBe('Near enough: 42 seconds slow');
    expect(clockWords(2 * 3_600_000)).toContain('2 hours fast');
  });
});

describe('gateWarnings', () => {
  it('is silent where all is well, or not known', () => {
    expect(gateWarnings(fine, now)).toEqual([]);
    const unknown = {
      ...fine,
      clockOffset: null,
      certificateExpiresAt: null,
      bundleExpiresAt: null,
    };
    expect(gateWarnings(unknown, now)).toEqual([]);
  });

  it('warns before a certificate and a bundle end, and says when they have', () => {
    const titles = (gate: Partial<typeof fine>) =>
      gateWarnings({ ...fine, ...gate }, now).map(({ title }) => title);
    expect(titles({ certificateExpiresAt: later(12.5) })).toEqual([
      'The certificate of this gate expires in 12 days',
    ]);
    expect(titles({ certificateExpiresAt: later(0.5) })).toEqual([
      'The certificate of this gate expires within a day',
    ]);
    expect(titles({ bundleExpiresAt: later(-1), clockOffset: -600_000 })).toEqual([
      'The bundle of this gate has expired',
      'The clock of this sensor is 10 minutes slow',
    ]);
  });
});

describe('what goes wrong at a gate and stops nobody', () => {
  it('is said in its words', () => {
    const full = {
      ...fine,
      trouble: { code: 'events_not_kept', detail: 'Events can’t be kept: full.' },
    };
    expect(gateWarnings(full, now)).toEqual([
      {
        title: 'The disk of this sensor takes no events',
        detail: expect.stringContaining('full.') as string,
      },
    ]);
    const older = { ...fine, trouble: { code: 'bundle_not_kept', detail: 'The disk is full.' } };
    expect(gateWarnings(older, now)).toEqual([
      {
        title: 'The disk of this sensor takes no settings',
        detail: expect.stringMatching(/restarted.* The disk is full\.$/u) as string,
      },
    ]);
    const other = { ...fine, trouble: { code: 'new', detail: 'Something is wrong.' } };
    expect(gateWarnings(other, now)).toEqual([
      { title: 'Something goes wrong at this gate', detail: 'Something is wrong.' },
    ]);
  });
});

describe('allowRulesText', () => {
  it('is one rule a line', () => {
    const rules = [
      { purpose: 'Microsoft Graph', host: 'graph.microsoft.com', port: 443, protocol: 'TCP' },
    ] as const;
    expect(allowRulesText([...rules])).toBe('allow TCP graph.microsoft.com:443  # Microsoft Graph');
  });
});
