import { isOwn } from './session-cookie.ts';

const notPassedOn = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  // For the server that a browser speaks to, and that is the gate.
  'alt-svc',
  // For the whole origin, of which the sign-in page is a part; cookies go for every gate of the host.
  'clear-site-data',
  'service-worker-allowed',
]);

export interface ResponseOrigins {
  /** The console's own. */
  readonly upstream: string;
  readonly publicUrl: string;
}

/**
 * The headers of the console's answer for the client (name, value, name, value): without those of
 * one hop or for the whole origin, without cookies that could pose as the gate's, with redirects to the console's own address
 * led back here.
 */
export function responseHeaders(
  raw: readonly (Buffer | string)[],
  { upstream, publicUrl }: ResponseOrigins,
): string[] {
  const out: string[] = [];
  let named: string[] | null = null;
  for (let at = 0; at < raw.length; at += 2) {
    const name = textOf(raw[at]);
    const lower = name.toLowerCase();
    const value = textOf(raw[at + 1]);
    if (lower === 'connection' && !/^(?:close|keep-alive)$/iu.test(value)) {
      named = value.split(',').map((one) => one.trim().toLowerCase());
    }
    if (notPassedOn.has(lower) || (lower === 'set-cookie' && isOwn(value))) continue;
    out.push(name, lower === 'location' ? ledBack(value, upstream, publicUrl) : value);
  }
  return named === null ? out : without(out, named);
}

function without(headers: readonly string[], named: readonly string[]): string[] {
  return headers.filter((_, at) => !named.includes((headers[at - (at % 2)] ?? '').toLowerCase()));
}

function ledBack(location: string, upstream: string, publicUrl: string): string {
  if (!location.startsWith(upstream)) return location;
  const rest = location.slice(upstream.length);
  return rest === '' || rest.startsWith('/') || rest.startsWith('?') ? publicUrl + rest : location;
}

/** Header fields are octets: one character for each. */
function textOf(part: Buffer | string | undefined): string {
  if (part === undefined) return '';
  return typeof part === 'string' ? part : part.toString('latin1');
}
