import type { GroupSet } from '../../domain/group-mapping.ts';
import type { StoredActor } from '../storage/schema.ts';

/** Who is asking. Identity is `tid` + `oid` (R13); roles are never kept here but asked anew for each request (R15). */
export type Principal = EntraPrincipal | RecoveryPrincipal;

export interface EntraPrincipal {
  readonly kind: 'entra';
  readonly tenantId: string;
  readonly objectId: string;
  readonly name: string;
  readonly userPrincipalName: string;
  readonly guest: boolean;
  /** An address that the tenant answers for; matched once, to link a portal user (R13). */
  readonly verifiedEmail: string | null;
  /** Authentication contexts that the sign-in satisfied (R19). */
  readonly contexts: readonly string[];
  /** `spa`: an access token. `web`: a session of the portal. */
  readonly via: 'spa' | 'web';
  /** The provider that they came in by. */
  readonly providerId: string;
  /** Of the portal's session; null for who came with a token. */
  readonly sessionId: string | null;
  /** When that session was opened, in milliseconds since 1970; null likewise. */
  readonly sessionOpenedAt: number | null;
  readonly groups: GroupSet;
  readonly groupsFrom: 'token' | 'graph' | 'none';
}

/** Somebody with a shell on the host (R17): Admin of the portal, and nobody's account. */
export interface RecoveryPrincipal {
  readonly kind: 'recovery';
  readonly name: string;
  /** Which session it is: the hash of its secret. */
  readonly sessionHash: Buffer;
  readonly sessionEndsAt: Date;
}

export function actorOf(principal: Principal): StoredActor {
  return principal.kind === 'entra'
    ? {
        kind: 'entra',
        name: principal.name,
        tenantId: principal.tenantId,
        objectId: principal.objectId,
      }
    : { kind: 'recovery', name: principal.name, tenantId: null, objectId: null };
}
