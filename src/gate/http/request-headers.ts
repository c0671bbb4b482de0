import type { IncomingMessage } from 'node:http';
import type { ClientHeaders } from './client-headers.ts';
import type { ConsoleHeader } from './console-headers.ts';
import { isOverriding, plainName } from './other-readings.ts';
import { consoleCookies } from './session-cookie.ts';

/** What happens to a header of the client on its way to the console. */
type Fate = 'pass' | 'drop' | 'cookie' | 'limited' | 'forwarded';

/** Names that are longer are made up: they aren't remembered. */
const longestUsual = 64;

// RFC 9110, section 7.6.1, and what Node and undici write themselves.
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  'http2-settings',
  'host',
  'content-length',
]);

/**
 * Consoles and what lies before them believe these: nobody else may say who somebody is, or where they
 * come from. By what they begin with, and whole.
 */
const posing = new RegExp(
  `^(?:${[
    'x-(?:gatehouse|forwarded|original|remote|webauth|auth-request|authenticated|authentik|ssl)-',
    'x-(?:client-cert|ms-client-principal|pomerium|vouch|amzn-oidc)',
    '(?:remote|oidc-claim|cf-access)-|ssl-client',
    '(?:x-forwarded|x-real-ip|x-rewrite-url|x-user|x-username|x-auth-user)$',
    '(?:client|true-client|x-client|x-cluster-client|x-originating|cf-connecting|fastly-client)-ip(?:v6)?$',
    '(?:x-host|x-http-host-override)$',
  ].join('|')})`,
  'u',
);

export interface ForwardedRequest {
  readonly headers: ClientHeaders;
  /** The proxies that it came through are taken at their word. */
  readonly trusted: boolean;
  /** Rules limit whoever asks. */
  readonly limited: boolean;
  /** Name, value, name, value: who is asking. */
  readonly identity: readonly string[];
}

/**
 * Makes the headers that the console gets (name, value, name, value): those of the client without
 * what is meant for one hop, without what could pose as the gate's, and without its cookies.
 */
export function createRequestHeaders(publicUrl: string, consoleHeaders: readonly ConsoleHeader[]) {
  const { host, protocol, port } = new URL(publicUrl);
  const proto = protocol.slice(0, -1);
  const portOrUsual = port === '' ? (proto === 'https' ? '443' : '80') : port;
  /** What the console is told by the gate alone. */
  const reserved = new Set(consoleHeaders.map(({ name }) => name.toLowerCase()));

  // Clients spell few names in few ways; somebody who makes up names empties it now and then.
  const fates = new Map<string, Fate>();

  function fateOf(name: string): Fate {
    const known = fates.get(name);
    if (known !== undefined) return known;
    const fate = decide(name, reserved);
    if (name.length > longestUsual) return fate;
    if (fates.size > 2_000) fates.clear();
    fates.set(name, fate);
    return fate;
  }

  return (request: IncomingMessage, forwarded: ForwardedRequest): string[] => {
    const { headers, trusted, limited, identity } = forwarded;
    const { rawHeaders } = request;
    const named = namedByConnection(headers.get('connection'));
    const out = ['host', host];
    for (let at = 0; at < rawHeaders.length; at += 2) {
      const name = rawHeaders[at] ?? '';
      const value = rawHeaders[at + 1] ?? '';
      const fate = fateOf(name);
      if (fate === 'drop' || (fate === 'limited' && limited)) continue;
      if (fate === 'forwarded' && !trusted) continue;
      if (named !== null && named.has(name.toLowerCase())) continue;
      if (fate === 'cookie') {
        const left = consoleCookies(value);
        if (left !== null) out.push(name, left);
      } else out.push(name, value);
    }
    const peer = request.socket.remoteAddress ?? '';
    const before = trusted ? headers.get('x-forwarded-for') : undefined;
    out.push(
      'X-Forwarded-For',
      before === undefined ? peer : `${before}, ${peer}`,
      'X-Forwarded-Proto',
      proto,
      'X-Forwarded-Host',
      host,
      'X-Forwarded-Port',
      portOrUsual,
      ...identity,
    );
    return out;
  };
}

function decide(name: string, reserved: ReadonlySet<string>): Fate {
  const lower = name.toLowerCase();
  // CGI and its like turn both - and _ into _: as nginx does, such names are left out.
  if (lower.includes('_')) return 'drop';
  const plain = plainName(name);
  if (isOverriding(plain)) return 'limited';
  if (hopByHop.has(lower) || posing.test(plain) || reserved.has(plain)) return 'drop';
  if (lower === 'cookie') return 'cookie';
  if (lower === 'forwarded') return 'forwarded';
  return 'pass';
}

const usual = new Set(['close', 'keep-alive', 'upgrade', 'te']);

/** What the client said is meant for the next hop alone; null: nothing out of the ordinary. */
function namedByConnection(connection: string | undefined): ReadonlySet<string> | null {
  if (connection === undefined || usual.has(connection.toLowerCase())) return null;
  return new Set(connection.split(',').map((name) => name.trim().toLowerCase()));
}
