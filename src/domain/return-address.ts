/**
 * Where to go after a sign-in, as a path of the same origin; `fallback` for anything that could lead
 * elsewhere (an open redirect): another scheme or host, `//host`, `/\host`, control characters that
 * browsers drop, an encoded form of those, or dot segments, behind which `//host` can hide
 * (`/.//host`, once somebody takes them out). Browsers never send any.
 */
export function returnAddress(text: string | null | undefined, fallback: string): string {
  if (text === null || text === undefined || text.length > 2000) return fallback;
  if (!/^\/(?![/\\])/u.test(text) || /[\\\p{Cc}\p{Cf}\s]/u.test(text)) return fallback;
  if (/^\/+(?:%2f|%5c)/iu.test(text)) return fallback;
  const path = text.split(/[?#]/u, 1)[0] ?? '';
  if (/(?:\/|%2f|%5c)(?:\.|%2e){1,2}(?:\/|%2f|%5c|$)/iu.test(path)) return fallback;
  return text;
}
