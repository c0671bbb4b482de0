import { describe, expect, it } from 'vitest';
import { defaultSessionPolicy } from '../../domain/session-policy.ts';
import { boundsText, checkPolicy, draftOfPolicy, shortened, valueText } from './policy-draft.ts';

const draft = draftOfPolicy(defaultSessionPolicy);

describe('checkPolicy', () => {
  it('takes what is within the bounds', () => {
    expect(checkPolicy(draft).policy).toEqual(defaultSessionPolicy);
    expect(checkPolicy({ ...draft, bundleDays: ' 90 ' }).policy?.bundleDays).toBe(90);
  });

  it.each([
    ['bundleDays', '91', 'It must be at most 90 days.'],
    ['bundleDays', '0', 'It must be at least 1 days.'],
    ['idleMinutes', '', 'It must be a number of minutes.'],
    ['totalMinutes', '1e3', 'It must be a number of minutes.'],
    ['idleMinutes', '7.5', 'It must be a number of minutes.'],
  ] as const)('says what is wrong with %s of “%s”', (field, value, message) => {
    const checked = checkPolicy({ ...draft, [field]: value });
    expect(checked.messages?.[field]).toBe(message);
  });

  it('refuses to be idle for longer than the session lasts', () => {
    const { messages } = checkPolicy({ ...draft, idleMinutes: '60', totalMinutes: '30' });
    expect(messages?.idleMinutes).toBe('It must not be longer than the session as a whole.');
  });
});

describe('shortened', () => {
  it('names what a change makes shorter', () => {
    const to = { idleMinutes: 15, totalMinutes: 480, bundleDays: 60 };
    expect(shortened(defaultSessionPolicy, to)).toEqual(['idleMinutes']);
    expect(shortened(defaultSessionPolicy, defaultSessionPolicy)).toEqual([]);
  });
});

describe('words', () => {
  it('say numbers with their units', () => {
    expect(boundsText('bundleDays')).toBe('1 to 90 days');
    expect(valueText('bundleDays', { ...defaultSessionPolicy, bundleDays: 1 })).toBe('1 day');
  });
});
