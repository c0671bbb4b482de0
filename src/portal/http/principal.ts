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
  readonly groups: GroupSet;
  readonly groupsFrom: 'token' | 'graph' | 'none';
}

/** Somebody with a shell on the host (R17): Admin of the portal, and nobody's account. */
export interface RecoveryPrincipal {
  readonly kind: 'recovery';
  readonly name: string;
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
