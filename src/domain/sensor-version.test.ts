import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { supportsSso } from './sensor-version.ts';
import { ssoCoverage } from './sso-coverage.ts';
import { targetKinds } from './target.ts';

describe('R14: software that supports SSO', () => {
  it('is 24.1.2 and later, compared part by part', () => {
    const part = fc.nat({ max: 99 });
    fc.assert(
      fc.property(part, part, part, (major, minor, patch) => {
        const newer = major * 10_000 + minor * 100 + patch >= 24_01_02;
        expect(supportsSso(`${major}.${minor}.${patch}`)).toBe(newer);
      }),
    );
    expect(supportsSso('24.1')).toBe(false);
    expect(supportsSso('25')).toBe(true);
    expect(supportsSso('24.1.2.0')).toBe(true);
  });

  it('is unknown for what is no version', () => {
    for (const text of ['', 'n/a', '24.x', 'v24.1.3', '24.1.3-beta', '24..1', '1234567.1']) {
      expect(supportsSso(text)).toBeNull();
    }
  });

  it('is never read into an unknown version', () => {
    for (const level of [null, ...targetKinds]) {
      expect(ssoCoverage(null, level)).toBe('unsupported');
      expect(ssoCoverage(false, level)).toBe('unsupported');
      expect(ssoCoverage(true, level)).toBe(level === null ? 'off' : 'on');
    }
  });
});
