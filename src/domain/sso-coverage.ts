import type { TargetKind } from './target.ts';

/** How far SSO has come at a sensor. */
export type SsoCoverage = 'on' | 'off' | 'unsupported';

/**
 * `on`: a setting reaches the sensor and its software supports SSO. `off`: it could, but none does.
 * `unsupported`: the software is too old, or its version can't be read; unknown is never read as
 * supported. `level` is that of the effective setting.
 */
export function ssoCoverage(supports: boolean | null, level: TargetKind | null): SsoCoverage {
  if (supports !== true) return 'unsupported';
  return level === null ? 'off' : 'on';
}
