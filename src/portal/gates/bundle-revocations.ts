import type { Revocation } from '../../domain/session-policy.ts';
import type { RevocationRow } from './gate-state.ts';

/** A bundle takes so many: the latest count. */
const most = 10_000;

export interface BundleRevocations {
  /** Those that every gate gets. */
  readonly everywhere: readonly Revocation[];
  /** Those that a gate gets besides. */
  only(gateId: string, siteId: string): readonly Revocation[];
  /** All that a gate gets. */
  of(gateId: string, siteId: string): Revocation[];
}

/** Sorts revocations by whom they concern: sessions by gate, persons by site or everywhere. */
export function revocationsOf(rows: readonly RevocationRow[]): BundleRevocations {
  const everywhere: Revocation[] = [];
  const byPlace = new Map<string, Revocation[]>();
  const at = (place: string, revocation: Revocation) => {
    const list = byPlace.get(place);
    if (list === undefined) byPlace.set(place, [revocation]);
    else list.push(revocation);
  };
  for (const row of rows) {
    const revocation = revocationOf(row);
    if (revocation === null) continue;
    const places = row.gateId === null ? row.siteIds : [row.gateId];
    if (places === null) everywhere.push(revocation);
    else for (const place of places) at(place, revocation);
  }
  const only = (gateId: string, siteId: string) =>
    byPlace.size === 0 ? [] : [...(byPlace.get(siteId) ?? []), ...(byPlace.get(gateId) ?? [])];
  return {
    everywhere,
    only,
    of: (gateId, siteId) => [...everywhere, ...only(gateId, siteId)].slice(-most),
  };
}

function revocationOf(row: RevocationRow): Revocation | null {
  const { sessionId, tenantId, objectId, at } = row;
  if (sessionId !== null) return { kind: 'session', sessionId };
  if (tenantId === null || objectId === null) return null;
  return { kind: 'person', tenantId, objectId, until: at.getTime() };
}
