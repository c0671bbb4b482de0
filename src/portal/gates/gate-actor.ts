import type { StoredActor } from '../storage/schema.ts';

/** A gate, as who did something. */
export function gateActor(sensorName: string): StoredActor {
  return { kind: 'gate', name: `Gate of ${sensorName}`, tenantId: null, objectId: null };
}
