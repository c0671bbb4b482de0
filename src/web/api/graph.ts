import type { GroupReference } from '../../domain/group-mapping.ts';
import { groupReadScope } from '../../domain/web-sign-in.ts';
import { challengedClaims } from './answer.ts';
import { configuration } from './configuration.ts';
import { acquireGraphToken } from './tokens.ts';

const scopes = [groupReadScope];

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

/** What Graph has asked for and silence couldn't get: the next window asks the person for it. */
let claimsAwaited: string | null = null;

/**
 * Groups whose name has a word that begins like this. Asked of Graph by the browser, with the
 * person's own rights. A claims challenge (continuous access evaluation) is answered with a token
 * acquired for it, in silence; where that needs the person, `needsConsent` leads to the window.
 */
export async function searchGroups(text: string, signal: AbortSignal): Promise<GroupSearchAnswer> {
  const { provider } = configuration;
  if (provider === null) return { kind: 'unavailable' };
  const url = groupSearchUrl(provider.graphUrl, text);
  const token = await acquireGraphToken(scopes, { interactive: false, claims: claimsAwaited });
  if (token === null) return { kind: 'needsConsent' };
  claimsAwaited = null;
  const response = await ask(url, token, signal);
  const claims = claimsOf(response);
  if (claims === null) return answerOf(response);
  claimsAwaited = claims;
  const better = await acquireGraphToken(scopes, { interactive: false, claims });
  if (better === null) return { kind: 'needsConsent' };
  claimsAwaited = null;
  return answerOf(await ask(url, better, signal));
}

function ask(url: string, token: string, signal: AbortSignal): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, consistencylevel: 'eventual' };
  return fetch(url, { headers, signal });
}

function claimsOf({ status, headers }: Response): string | null {
  return challengedClaims({ status, header: (name) => headers.get(name), text: '' });
}

async function answerOf(response: Response): Promise<GroupSearchAnswer> {
  if (response.status === 401 || response.status === 403) return { kind: 'needsConsent' };
  if (!response.ok) throw new Error(`Graph answered ${response.status}`);
  return { kind: 'found', groups: groupsOf(await response.json()) };
}

/** Asks the person, in a window, to agree to searching groups, and for what Graph asked besides. */
export async function allowGroupSearch(): Promise<boolean> {
  try {
    const request = { interactive: true, claims: claimsAwaited };
    const token = await acquireGraphToken(scopes, request);
    claimsAwaited = null;
    return token !== null;
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
