import { eq } from 'drizzle-orm';
import type { SessionEnds } from '../http/web-providers.ts';
import { portalSessions } from '../storage/provider-schema.ts';
import type { SessionMemory } from './session-memory.ts';
import { endSessions, isOf } from './session-store.ts';

/** What other folders end sessions of the portal by; they audit it with what it belongs to. */
export function createSessionEnds(memory: SessionMemory, now: () => Date): SessionEnds {
  return {
    async ofProvider(tx, providerId) {
      const which = eq(portalSessions.providerId, providerId);
      return (await endSessions(tx, which, 'providerRetired', now())).length;
    },
    async ofPerson(tx, person) {
      return (await endSessions(tx, isOf(person), 'administrator', now())).length;
    },
    committed: () => memory.dropAll(),
  };
}
