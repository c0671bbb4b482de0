import { clockProblem } from '../domain/clock.ts';

/** Why something on the network failed: a stable code, and words for the operator. */
export interface Failure {
  readonly code: string;
  readonly detail: string;
}

const words: Readonly<Record<string, Failure>> = {
  ENOTFOUND: { code: 'dns_not_found', detail: 'The name is not known to the DNS server.' },
  EAI_AGAIN: { code: 'dns_failed', detail: 'No DNS server answers.' },
  ECONNREFUSED: { code: 'tcp_refused', detail: 'Nothing listens there, or a firewall refuses.' },
  ECONNRESET: { code: 'tcp_reset', detail: 'The connection was cut; often by a firewall.' },
  EPIPE: { code: 'tcp_reset', detail: 'The connection was cut; often by a firewall.' },
  ETIMEDOUT: { code: 'tcp_timeout', detail: 'Nothing answers; often a firewall drops it.' },
  EHOSTUNREACH: { code: 'tcp_unreachable', detail: 'There is no route to this host.' },
  ENETUNREACH: { code: 'tcp_unreachable', detail: 'There is no route to this network.' },
  UND_ERR_CONNECT_TIMEOUT: {
    code: 'tcp_timeout',
    detail: 'Nothing answers; often a firewall drops it.',
  },
  UND_ERR_HEADERS_TIMEOUT: {
    code: 'http_timeout',
    detail: 'It took the request, but gave no answer.',
  },
  UND_ERR_BODY_TIMEOUT: { code: 'http_timeout', detail: 'Its answer stopped halfway.' },
  UND_ERR_SOCKET: { code: 'tcp_reset', detail: 'The connection was cut; often by a firewall.' },
  UND_ERR_ABORTED: { code: 'proxy_refused', detail: 'The HTTP proxy lets nothing through to it.' },
  CERT_HAS_EXPIRED: { code: 'tls_expired', detail: 'Its certificate has expired.' },
  CERT_NOT_YET_VALID: {
    code: 'tls_not_yet_valid',
    detail: 'Its certificate is not valid yet: this machine’s clock may be slow.',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    code: 'tls_wrong_host',
    detail: 'Its certificate is for another host.',
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    code: 'tls_self_signed',
    detail: 'Its certificate is signed by nobody but itself.',
  },
};

/** An issuer that this machine doesn't trust: what an inspecting proxy's certificates have. */
const unknownIssuer = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

const inspected: Failure = {
  code: 'tls_inspected',
  detail:
    'This machine doesn’t trust who issued its certificate. Likely a proxy inspects the traffic: exempt this host ' +
    'from inspection, or give this machine the proxy’s certificate in NODE_EXTRA_CA_CERTS.',
};

/** What a code of Node, OpenSSL or undici means; null for one that isn't known here. */
export function failureOfCode(code: string): Failure | null {
  return unknownIssuer.has(code) ? inspected : (words[code] ?? null);
}

/** Looks through what wraps an error: fetch hides the reason in `cause`. */
export function failureOf(error: unknown): Failure {
  for (const each of chain(error)) {
    const code = 'code' in each && typeof each.code === 'string' ? each.code : '';
    const known = failureOfCode(code);
    if (known !== null) return known;
    if (each.name === 'TimeoutError') return words['UND_ERR_HEADERS_TIMEOUT'] ?? inspected;
    if (/^(?:ERR_SSL|ERR_TLS|EPROTO|CERT_)/u.test(code))
      return { code: 'tls_failed', detail: `TLS failed: ${each.message}` };
  }
  return { code: 'failed', detail: error instanceof Error ? error.message : String(error) };
}

function* chain(error: unknown): Generator<Error> {
  let each = error;
  for (let depth = 0; depth < 5 && each instanceof Error; depth += 1) {
    yield each;
    if (each instanceof AggregateError && each.errors[0] instanceof Error) yield each.errors[0];
    each = each.cause;
  }
}

/** A clock that is off, in words with what to do; null while it is within the tolerance. */
export function clockFailure(offset: number): Failure | null {
  const problem = clockProblem(offset);
  if (problem === null) return null;
  return {
    code: 'clock_off',
    detail: `This machine’s clock is ${problem}. Set it right, such as by NTP: timedatectl set-ntp true`,
  };
}
