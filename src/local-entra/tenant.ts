import type { ApplicationsUsed } from './applications-used.ts';
import type { AuthorizationCodes } from './authorization-codes.ts';
import type { Consents } from './consents.ts';
import type { Keys } from './keys.ts';
import type { People } from './people.ts';
import type { Phones } from './phones.ts';
import type { RefreshTokens } from './refresh-tokens.ts';
import type { Sessions } from './sessions.ts';
import type { SignIns } from './sign-ins.ts';
import type { Organization } from '../demo/directory-types.ts';
import { AadstsError } from './aadsts.ts';

/** The running tenant: all that the endpoints share. */
export interface Tenant {
  /** Such as `http://localhost:8081`, without a slash at its end. */
  readonly origin: string;
  readonly people: People;
  readonly keys: Keys;
  readonly sessions: Sessions;
  readonly applicationsUsed: ApplicationsUsed;
  readonly signIns: SignIns;
  readonly codes: AuthorizationCodes;
  readonly refreshTokens: RefreshTokens;
  readonly phones: Phones;
  readonly consents: Consents;
  /** Set: Graph answers everything with this status. */
  readonly graphFailure: { status?: 429 | 503 };
  /** Seconds that the next access token lives. */
  accessTokenLifetime: () => number;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/**
 * Which tenant does a path address? Undefined for `common` and `organizations`, which stand for
 * whichever the person is in. Throws 90002 for one that isn't there.
 */
export function organizationAddressed(
  { people }: Tenant,
  addressed: string,
): Organization | undefined {
  if (/^(?:common|organizations)$/i.test(addressed)) return undefined;
  const organization = people.organizationNamed(addressed);
  if (organization === undefined) throw new AadstsError(90002, { tenant: addressed });
  return organization;
}
