/**
 * What is wrong with the address at which people open a console through a gate, or null. Entra takes
 * redirect URIs in https only, but for loopback.
 */
export function gateOriginProblem(origin: string): string | null {
  const url = URL.canParse(origin) ? new URL(origin) : null;
  if (url === null || url.origin !== origin) {
    return 'must be an origin such as https://sensor.example.com';
  }
  if (url.protocol === 'https:') return null;
  const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/u.test(url.hostname);
  return url.protocol === 'http:' && loopback ? null : 'must be https, except on this very machine';
}
