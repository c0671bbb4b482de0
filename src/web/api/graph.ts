import type { GroupReference } from '../../domain/group-mapping.ts';
import { configuration } from './configuration.ts';
import { acquireGraphToken } from './session.ts';

const scopes = ['GroupMember.Read.All'];

export type GroupSearchAnswer =
  | { readonly kind: 'found'; readonly groups: readonly GroupReference[] }
  | { readonly kind: 'needsConsent' }
  | { readonly kind: 'unavailable' };

/**
 * Graph's `$search` on a group's name. It matches words without punctuation, so quotes and
 * backslashes, which would end the phrase, are left out rather than escaped.
 */
export function groupSearchUrl(graphUrl: string, text: string): string {
  const phrase = text.replaceAll(/["\\]+/gu, ' ').trim();
  const query = new URLSearchParams({
    $search: `"displayName:${phrase}"`,
    $count: 'true',
    $select: 'id,displayName,securityEnabled',
    $top: '20',
  });
  return `${graphUrl}/v1.0/groups?${query.toString()}`;
}

/** Groups whose name has a word that begins like this. Asked of Graph by the browser, with the person's own rights. */
export async function searchGroups(text: string, signal: AbortSignal): Promise<GroupSearchAnswer> {
  const { provider } = configuration;
  if (provider === null) return { kind: 'unavailable' };
  const token = await acquireGraphToken(scopes, { interactive: false });
  if (token === null) return { kind: 'needsConsent' };
  const response = await fetch(groupSearchUrl(provider.graphUrl, text), {
    headers: { authorization: `Bearer ${token}`, consistencylevel: 'eventual' },
    signal,
  });
  if (response.status === 401 || response.status === 403) return { kind: 'needsConsent' };
  if (!response.ok) throw new Error(`Graph answered ${response.status}`);
  return { kind: 'found', groups: groupsOf(await response.json()) };
}

/** Asks the person, in a window, to agree to searching groups. */
export async function allowGroupSearch(): Promise<boolean> {
  try {
    return (await acquireGraphToken(scopes, { interactive: true })) !== null;
  } catch {
    // They closed the window, or only an administrator can agree: ids can still be pasted.
    return false;
  }
}

function groupsOf(answer: unknown): GroupReference[] {
  const { value } = answer as { value?: unknown };
  if (!Array.isArray(value)) return [];
  return (value as { id?: unknown; displayName?: unknown }[]).flatMap(({ id, displayName }) =>
    typeof id === 'string'
      ? [{ id, displayName: typeof displayName === 'string' ? displayName : null }]
      : [],
  );
}
