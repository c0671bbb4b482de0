/** The first sensor software that supports SSO ("Set up single sign-on", Defender for IoT). */
export const firstVersionWithSso = '24.1.2';

/**
 * Compares dotted numeric versions, part by part; a missing part counts as 0.
 * Anything that isn't such a version is null: unknown is never read as supported.
 */
export function supportsSso(version: string): boolean | null {
  if (!/^\d{1,6}(\.\d{1,6}){0,5}$/.test(version)) return null;
  const have = version.split('.').map(Number);
  const need = firstVersionWithSso.split('.').map(Number);
  for (let part = 0; part < Math.max(have.length, need.length); part += 1) {
    const difference = (have[part] ?? 0) - (need[part] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
