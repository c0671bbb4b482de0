/** What every person must have in Entra ID to sign in (R12), by the claim that carries it. */
export const requiredProfile = {
  given_name: 'First name',
  family_name: 'Last name',
  upn: 'User principal name',
} as const;

export type ProfileClaim = keyof typeof requiredProfile;

const claims = Object.keys(requiredProfile) as readonly ProfileClaim[];

/** The claims of the required profile that are absent or blank, in the order of the table. */
export function missingProfile(
  profile: Readonly<Record<ProfileClaim, string | null>>,
): ProfileClaim[] {
  return claims.filter((claim) => (profile[claim] ?? '').trim() === '');
}
