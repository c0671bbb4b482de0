import { once } from 'node:events';
import { lookup } from 'node:dns/promises';
import { request as httpRequest } from 'node:http';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import {
  checkServerIdentity,
  connect as connectTls,
  type Certificate,
  type TLSSocket,
} from 'node:tls';
import { failureOf, failureOfCode, type Failure } from './failure-words.ts';

/** A step of a connection that failed, with the reason. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.detail);
    this.failure = failure;
  }
}

const patience = 10_000;

/** Whoever waits is told; what comes after that matters to nobody, and must end no process. */
const ignore = (): void => undefined;

function timeLimit(): { signal: AbortSignal } {
  return { signal: AbortSignal.timeout(patience) };
}

/** Rejects with StepFailed instead of whatever was thrown. */
async function inWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof StepFailed ? error : new StepFailed(failureOf(error));
  }
}

/** The addresses of a host name. */
export async function resolveName(host: string): Promise<string[]> {
  if (isIP(host) !== 0) return [host];
  return inWords(async () => {
    const found = await Promise.race([
      lookup(host, { all: true }),
      once(AbortSignal.timeout(patience), 'abort').then(() => {
        throw new StepFailed({ code: 'dns_failed', detail: 'No DNS server answers.' });
      }),
    ]);
    return found.map(({ address }) => address);
  });
}

export async function openTcp(host: string, port: number): Promise<Socket> {
  return inWords(async () => {
    const socket = connectTcp({ host, port, autoSelectFamily: true }).on('error', ignore);
    try {
      await once(socket, 'connect', timeLimit());
      return socket;
    } catch (error) {
      socket.destroy();
      if (error instanceof Error && error.name === 'AbortError') {
        throw new StepFailed(timedOut);
      }
      throw error;
    }
  });
}

const timedOut: Failure = {
  code: 'tcp_timeout',
  detail: 'Nothing answers; often a firewall drops it.',
};

/** A tunnel through an HTTP proxy (RFC 9110, 9.3.6). */
export async function openTunnel(proxy: URL, host: string, port: number): Promise<Socket> {
  const through = proxy.port === '' ? (proxy.protocol === 'https:' ? 443 : 80) : Number(proxy.port);
  const open = await openTcp(bare(proxy.hostname), through).catch((error: unknown) => {
    const why = error instanceof StepFailed ? error.failure.detail : String(error);
    throw new StepFailed({
      code: 'proxy_unreachable',
      detail: `The HTTP proxy ${proxy.host} can’t be reached: ${why} Check HTTPS_PROXY.`,
    });
  });
  const carrier = proxy.protocol === 'https:' ? await openTls(open, bare(proxy.hostname)) : open;
  const target = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const login = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  const sent = httpRequest({
    createConnection: () => carrier,
    method: 'CONNECT',
    path: target,
    headers: {
      host: target,
      ...(proxy.username === ''
        ? {}
        : { 'proxy-authorization': `Basic ${Buffer.from(login).toString('base64')}` }),
    },
  })
    .on('error', ignore)
    .end();
  try {
    const answered = await Promise.race([
      once(sent, 'connect', timeLimit()),
      once(sent, 'response', timeLimit()),
    ]);
    const { statusCode } = answered[0] as { statusCode?: number };
    if (statusCode === 200) return carrier;
    throw new StepFailed(
      statusCode === 407
        ? {
            code: 'proxy_sign_in_required',
            detail: `The HTTP proxy ${proxy.host} asks for a sign-in: put user and password into HTTPS_PROXY.`,
          }
        : {
            code: 'proxy_refused',
            detail: `The HTTP proxy ${proxy.host} answers ${statusCode ?? 'nothing'} for ${target}: allow it there.`,
          },
    );
  } catch (error) {
    carrier.destroy();
    throw error instanceof StepFailed ? error : new StepFailed(failureOf(error));
  }
}

/** TLS as everything else on this machine would accept it; the failure names what was seen instead. */
export async function openTls(socket: Socket, host: string): Promise<TLSSocket> {
  const name = isIP(host) === 0 ? { servername: host } : {};
  // Nothing is sent before the certificate has been judged.
  const tls = connectTls({
    socket,
    host,
    ...name,
    rejectUnauthorized: false,
    checkServerIdentity,
    ALPNProtocols: ['http/1.1'],
  }).on('error', ignore);
  try {
    await once(tls, 'secureConnect', timeLimit());
  } catch (error) {
    tls.destroy();
    const { code, detail } = failureOf(error);
    throw new StepFailed({ code: code === 'failed' ? 'tls_failed' : code, detail });
  }
  if (tls.authorized) return tls;
  const failure = certificateFailure(tls);
  tls.destroy();
  throw new StepFailed(failure);
}

function certificateFailure(tls: TLSSocket): Failure {
  const { issuer, subject, valid_to: until, subjectaltname: names } = tls.getPeerCertificate();
  const seen = `Seen: issued to ${nameOf(subject)} by ${nameOf(issuer)}, until ${until}${names === undefined ? '' : `, for ${names}`}.`;
  const error: unknown = tls.authorizationError;
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  const known = failureOfCode(code) ?? { code: 'tls_failed', detail: `TLS failed: ${code}.` };
  return { code: known.code, detail: `${known.detail} ${seen}`.slice(0, 1000) };
}

function nameOf(who: Certificate | undefined): string {
  return [who?.CN ?? who?.O ?? 'nobody named'].flat().join(', ');
}

export interface HttpAnswer {
  readonly status: number;
  /** Milliseconds since 1970; null: it didn't say. */
  readonly date: number | null;
}

/** GET over a connection that is open. Redirects aren't followed. */
export async function askHttp(socket: Socket, url: URL): Promise<HttpAnswer> {
  return inWords(async () => {
    const sent = httpRequest({
      createConnection: () => socket,
      path: url.pathname + url.search,
      headers: { host: url.host, connection: 'close', accept: '*/*' },
    })
      .on('error', ignore)
      .end();
    try {
      const [answer] = (await once(sent, 'response', timeLimit())) as [
        { statusCode?: number; headers: { date?: string } },
      ];
      const date = Date.parse(answer.headers.date ?? '');
      return { status: answer.statusCode ?? 0, date: Number.isNaN(date) ? null : date };
    } catch (error) {
      if (error instanceof Error && error.name === 'AbortError') {
        throw new StepFailed({
          code: 'http_timeout',
          detail: 'It took the request, but gave no answer.',
        });
      }
      throw error;
    } finally {
      sent.destroy();
      socket.destroy();
    }
  });
}

/** A host as sockets take it: IPv6 without brackets. */
export function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/gu, '');
}
