import type { Socket } from 'node:net';
import type { CheckResult } from '../contract/gate-report.ts';
import type { ProxyConfig } from './config.ts';
import {
  askHttp,
  bare,
  openTcp,
  openTls,
  openTunnel,
  resolveName,
  StepFailed,
} from './connection-steps.ts';
import { clockFailure } from './failure-words.ts';
import { proxyFor } from './proxy.ts';

export interface CheckTarget {
  readonly target: CheckResult['target'];
  /** What is fetched in the end. */
  readonly url: string;
}

/** What a gate needs to reach. The addresses of Entra and Graph are null until the first bundle. */
export function checkTargets(addresses: {
  readonly portalUrl: string;
  readonly loginUrl: string | null;
  readonly graphUrl: string | null;
}): CheckTarget[] {
  const { portalUrl, loginUrl, graphUrl } = addresses;
  return [
    ...(loginUrl === null ? [] : [{ target: 'login', url: `${loginUrl}/` } as const]),
    ...(graphUrl === null ? [] : [{ target: 'graph', url: `${graphUrl}/` } as const]),
    { target: 'portal', url: `${portalUrl}/gate/v1/keys` },
  ];
}

type Step = CheckResult['step'];

/**
 * Tries one address step by step, as this machine's requests go there: name, connection (or proxy),
 * certificate, answer, time. Ends at the first step that fails. Never rejects.
 */
export async function checkConnection(
  { target, url }: CheckTarget,
  proxy: ProxyConfig,
  now: () => number = Date.now,
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  const address = new URL(url);
  const host = bare(address.hostname);
  const isTls = address.protocol === 'https:';
  const port = address.port === '' ? (isTls ? 443 : 80) : Number(address.port);
  const place = `${address.hostname}:${port}`;

  async function step<T>(name: Step, work: () => Promise<T>, says: (found: T) => string) {
    const started = performance.now();
    const note = (rest: Pick<CheckResult, 'outcome' | 'code' | 'detail'>): void => {
      const milliseconds = Math.round(performance.now() - started);
      const detail = rest.detail.slice(0, 1000);
      results.push({ target, address: place, step: name, ...rest, detail, milliseconds });
    };
    try {
      const found = await work();
      note({ outcome: 'passed', code: null, detail: says(found) });
      return found;
    } catch (error) {
      const { code, detail } =
        error instanceof StepFailed ? error.failure : { code: 'failed', detail: String(error) };
      note({ outcome: 'failed', code, detail });
      throw new EndOfCheck();
    }
  }

  async function connected(): Promise<Socket> {
    const through = proxyFor(url, proxy);
    if (through !== null) {
      return step(
        'proxy',
        () => openTunnel(through, host, port),
        () => `Through the HTTP proxy ${through.host}.`,
      );
    }
    await step(
      'dns',
      () => resolveName(host),
      (found) => found.join(', '),
    );
    return step(
      'tcp',
      () => openTcp(host, port),
      () => 'Connected.',
    );
  }

  try {
    const socket = await connected();
    const carrier = isTls
      ? await step(
          'tls',
          () => openTls(socket, host),
          (tls) => `${tls.getProtocol()}, trusted.`,
        )
      : socket;
    const { date } = await step(
      'http',
      () => answerOf(carrier, address),
      ({ status }) => `Status ${status}.`,
    );
    if (date !== null) {
      const offset = now() - date;
      await step(
        'clock',
        () => requireClock(offset),
        () => 'The clocks agree.',
      );
    }
  } catch (error) {
    if (!(error instanceof EndOfCheck)) throw error;
  }
  return results;
}

/** What failed is in the results already. */
class EndOfCheck extends Error {}

async function answerOf(socket: Socket, url: URL) {
  const answer = await askHttp(socket, url);
  // Any answer but a server's trouble shows that the way is open: without a token most say 401 or 404.
  if (answer.status > 0 && answer.status < 500) return answer;
  throw new StepFailed({ code: 'http_status', detail: `It answers with status ${answer.status}.` });
}

async function requireClock(offset: number): Promise<void> {
  const failure = clockFailure(offset);
  if (failure !== null) throw new StepFailed(failure);
}

/** Tries all of them at once. */
export async function checkConnections(
  targets: readonly CheckTarget[],
  proxy: ProxyConfig,
  now: () => number = Date.now,
): Promise<CheckResult[]> {
  const all = await Promise.all(targets.map((target) => checkConnection(target, proxy, now)));
  return all.flat();
}
