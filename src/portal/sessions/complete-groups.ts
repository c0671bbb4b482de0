import type { WebTokens } from '../../entra/web-client.ts';
import { GraphError, type GraphRequest } from '../../entra/graph-groups.ts';
import type { WebProvider } from '../http/web-providers.ts';
import type { SessionGroups } from './session-identity.ts';

export interface GroupReading {
  readonly graphUrl: string;
  readonly readGroups: (request: GraphRequest) => Promise<readonly string[]>;
}

/**
 * The groups of somebody who has just signed in: those of the id token, else those that Graph tells
 * the server (R11). Where Graph doesn't, they are unknown, and never none.
 */
export async function completeGroups(
  { person, accessToken }: WebTokens,
  { usesGroups }: Pick<WebProvider, 'usesGroups'>,
  { graphUrl, readGroups }: GroupReading,
): Promise<SessionGroups> {
  if (!usesGroups) return { kind: 'unused' };
  if (person.groups.kind === 'complete') return { kind: 'token', ids: [...person.groups.ids] };
  try {
    const { objectId } = person;
    return {
      kind: 'graph',
      ids: [...(await readGroups({ graphUrl, token: accessToken, objectId }))],
    };
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    return { kind: 'incomplete', code: error.code, reason: error.reason };
  }
}
