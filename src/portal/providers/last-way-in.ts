import type { VerificationCheck } from '../../contract/provider-verification.ts';
import { losesLastWayIn, type WayInProvider } from '../../domain/ways-in.ts';
import type { AdminWays } from '../http/admin-ways.ts';
import type { Transaction } from '../storage/database.ts';
import { failed } from './checks.ts';
import type { StoredProvider } from './provider-store.ts';

/**
 * R9: an edit can take the last way in as well, by another tenant or without groups. The check that
 * fails then; null where somebody can still come in as Admin, or nobody could before.
 */
export async function lastWayInCheck(
  tx: Transaction,
  { row }: StoredProvider,
  becomes: Omit<WayInProvider, 'id'>,
  adminWays: AdminWays,
): Promise<VerificationCheck | null> {
  const state = await adminWays.read(tx);
  const after = {
    ...state,
    providers: [...state.providers.filter(({ id }) => id !== row.id), { ...becomes, id: row.id }],
    adminGroups: row.draftPortalAccess?.admin ?? state.adminGroups,
  };
  if (!losesLastWayIn(state, after)) return null;
  return failed(
    becomes.usesGroups ? 'tenant' : 'groups',
    'Nobody could come in as Admin any more: not by groups, and no portal user of that tenant is Admin. First let somebody in as Admin, by another provider or as a portal user.',
  );
}
