import type { PortalSessionEnd } from '../../contract/sessions.ts';
import type { AuditEntry } from '../storage/audit-log.ts';
import { systemActor, type StoredActor } from '../storage/schema.ts';

interface Ended {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string;
  readonly objectId: string;
}

/** The entry for a session at the portal that somebody ended before its time. */
export function endedBy(
  actor: StoredActor,
  address: string | null,
  { id, name, tenantId, objectId }: Ended,
  reason: PortalSessionEnd,
): AuditEntry {
  return {
    actor,
    address,
    action: 'portalSession.ended',
    outcome: 'succeeded',
    subject: `Session of ${name} at the portal`,
    siteIds: [],
    before: { sessionId: id, person: { name, tenantId, objectId } },
    after: { reason },
  };
}

/** The same where nobody here did: Entra said so, or what it needs is gone. */
export function endedBySystem(
  session: Ended,
  reason: PortalSessionEnd,
  aadsts: number | null = null,
): AuditEntry {
  const entry = endedBy(systemActor, null, session, reason);
  return { ...entry, after: { reason, aadsts } };
}
