import type { VerificationCheck } from '../../contract/provider-verification.ts';
import { emailKey } from '../../domain/email-key.ts';
import type { AccessToken } from '../../entra/access-token.ts';
import type { Asker } from '../http/asker.ts';
import { failed, passed, skipped } from './checks.ts';

/** Who began a verification; null in a recovery session, which is nobody's account. */
export type ExpectedPerson = {
  readonly tenantId: string;
  readonly objectId: string;
  readonly userPrincipalName: string;
  /** Of their portal user, where they are one. */
  readonly email: string | null;
  /** The groups that made them Admin. */
  readonly adminGroups: readonly string[];
} | null;

export function expectedPerson({
  principal,
  portalUser,
  portalRoleThrough,
}: Asker): ExpectedPerson {
  if (principal.kind === 'recovery') return null;
  const { tenantId, objectId, userPrincipalName } = principal;
  const byGroups = portalRoleThrough?.role === 'admin' ? portalRoleThrough.through : [];
  return {
    tenantId,
    objectId,
    userPrincipalName,
    email: portalUser?.email ?? null,
    adminGroups: byGroups.map(({ id }) => id.toLowerCase()),
  };
}

/**
 * Is it the one who asked? By identity (R13), else by the address: of their portal user, or their
 * user principal name where they are none.
 */
export function personCheck(person: AccessToken, expected: ExpectedPerson): VerificationCheck {
  if (expected === null) {
    return skipped('person', 'In a recovery session nobody’s address is compared.');
  }
  const { tenantId, objectId, email, userPrincipalName } = expected;
  if (person.tenantId === tenantId && person.objectId === objectId) {
    return passed('person', 'It is you: the same account that you are signed in with.');
  }
  const wanted = email ?? userPrincipalName;
  const shown = person.verifiedEmail ?? person.email ?? 'an account without an address';
  if (person.verifiedEmail !== null && emailKey(person.verifiedEmail) === emailKey(wanted)) {
    return passed('person', `The address equals yours: ${wanted}.`);
  }
  return failed(
    'person',
    `You signed in as ${shown}, but you are ${wanted} here. Choose that account, or let a portal user with that address and the role Admin verify it.`,
  );
}
