import type { GroupReference } from './group-mapping.ts';
import type { ProviderType } from './provider.ts';

/** An active provider, as far as it matters who can come in by it. */
export interface WayInProvider {
  readonly id: string;
  readonly name: string;
  readonly type: ProviderType;
  /** Pinned by its verification. */
  readonly tenantId: string;
  /** Do groups give roles by it? Those of a single-page application always do. */
  readonly usesGroups: boolean;
  /** True while its secret has expired or is refused: who could come in by it can't just now. */
  readonly outOfOrder?: boolean;
}

/** An enabled portal user with the role Admin who is linked. Who is invited only hasn't come in yet. */
export interface WayInUser {
  readonly id: string;
  /** As people know them. */
  readonly label: string;
  readonly tenantId: string;
}

/** Everything that ways into the portal as Admin are made of. */
export interface WaysInState {
  readonly providers: readonly WayInProvider[];
  /** The Admin groups of portal access. */
  readonly adminGroups: readonly GroupReference[];
  readonly adminUsers: readonly WayInUser[];
}

/** What a change would do to them; what is absent stays. */
export interface WaysInChange {
  /** A provider that is retired or deleted. */
  readonly withoutProvider?: string;
  /** A portal user who is deleted, disabled, or Admin no more. */
  readonly withoutUser?: string;
  /** The Admin groups that portal access would have. */
  readonly adminGroups?: readonly GroupReference[];
}

/** Who can come in as Admin by a provider. */
export interface WayIn {
  readonly provider: WayInProvider;
  readonly adminGroups: readonly GroupReference[];
  readonly adminUsers: readonly WayInUser[];
}

/** R9: the providers by which somebody can come in as Admin, and who. */
export function waysIn({ providers, adminGroups, adminUsers }: WaysInState): WayIn[] {
  return providers
    .map((provider) => ({
      provider,
      adminGroups: provider.type === 'spa' || provider.usesGroups ? adminGroups : [],
      adminUsers: adminUsers.filter(({ tenantId }) => tenantId === provider.tenantId),
    }))
    .filter((way) => way.adminGroups.length + way.adminUsers.length > 0);
}

/** The state as it would be after a change. */
export function afterChange(state: WaysInState, change: WaysInChange): WaysInState {
  return {
    providers: state.providers.filter(({ id }) => id !== change.withoutProvider),
    adminGroups: change.adminGroups ?? state.adminGroups,
    adminUsers: state.adminUsers.filter(({ id }) => id !== change.withoutUser),
  };
}

/** The state without providers by which nobody comes in just now. */
export function inOrder(state: WaysInState): WaysInState {
  return { ...state, providers: state.providers.filter(({ outOfOrder }) => outOfOrder !== true) };
}

/**
 * Is the last way in gone from one state to the other? Where there is none, as at the first start,
 * there is nothing to take. One that is out of order stands in for none that works.
 */
export function losesLastWayIn(before: WaysInState, after: WaysInState): boolean {
  const loses = (one: WaysInState, other: WaysInState) =>
    waysIn(one).length > 0 && waysIn(other).length === 0;
  return loses(before, after) || loses(inOrder(before), inOrder(after));
}

/** Would a change take the last way in? */
export function takesLastWayIn(state: WaysInState, change: WaysInChange): boolean {
  return losesLastWayIn(state, afterChange(state, change));
}
