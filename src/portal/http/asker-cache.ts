import { personNews, type PersonNews } from '../../domain/portal-user.ts';
import type { Role } from '../../domain/role.ts';
import type { AccessSnapshot } from '../storage/access-snapshot.ts';
import { createAsker, highestTargetRole, type Asker } from './asker.ts';
import type { Principal } from './principal.ts';

/** An asker, and the answers about them that every guard needs. */
export interface HeldAsker {
  readonly asker: Asker;
  readonly highestTargetRole: Role | null;
  /** What they tell of a portal user; null for nearly everybody. */
  readonly news: PersonNews | null;
}

const held = new WeakMap<Principal, HeldAsker>();

/** The asker of a principal against a snapshot; remembered until either of them changes. */
export function heldAsker(principal: Principal, snapshot: AccessSnapshot): HeldAsker {
  const known = held.get(principal);
  if (known?.asker.snapshot === snapshot) return known;
  const asker = createAsker(principal, snapshot);
  const fresh = {
    asker,
    highestTargetRole: highestTargetRole(asker),
    news: principal.kind === 'entra' ? personNews(principal, snapshot) : null,
  };
  held.set(principal, fresh);
  return fresh;
}
