/** Longer ones don't fit into a header, and nobody sends them. */
const longest = 4_096;

/**
 * The claims that a challenge asks for, as they were sent: base64 of JSON; null where it asks for
 * none. Microsoft identity platform, "Claims challenges": `error="insufficient_claims"` comes with
 * continuous access evaluation and with authentication contexts. What isn't that is never passed on:
 * it becomes part of a header of ours.
 */
export function challengedClaims(challenge: string | null): string | null {
  if (challenge === null || !/error="?insufficient_claims/u.test(challenge)) return null;
  const claims = /\bclaims="([\w+/=-]+)"/u.exec(challenge)?.[1];
  if (claims === undefined || claims.length > longest) return null;
  return isClaimsRequest(Buffer.from(claims, 'base64').toString('utf8')) ? claims : null;
}

function isClaimsRequest(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
