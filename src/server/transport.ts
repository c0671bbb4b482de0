import { isLoopback, readPath } from './config-value.ts';
import type { Variables } from './read-variables.ts';

/** Where a server finds its certificate and its key. Absolute. */
export interface TlsSetting {
  readonly certFile: string;
  readonly keyFile: string;
}

export interface TransportOptions<V extends string> {
  /** The variables concerned, by what they mean. */
  readonly names: Readonly<Record<'host' | 'cert' | 'key' | 'publicUrl' | 'trustProxy', V>>;
  readonly host: string;
  readonly port: number;
  /** Undefined where none was given: then it follows from the rest. */
  readonly publicUrl: string | undefined;
  readonly trustedProxies: readonly string[];
  readonly cwd: string;
}

export interface Transport {
  /** Null: plain http. */
  readonly tls: TlsSetting | null;
  /** The origin that browsers see. */
  readonly publicUrl: string;
}

/**
 * How a server is reached: by TLS with files of its own, or by plain http, but that on this machine
 * alone or behind a proxy that is named. Sessions and tokens cross no network in the clear.
 */
export function readTransport<V extends string>(
  variables: Variables<V>,
  options: TransportOptions<V>,
): Transport {
  const { names, host, port, publicUrl, trustedProxies, cwd } = options;
  const { read, wrong } = variables;
  const certFile = read(names.cert, (path) => readPath(path, cwd));
  const keyFile = read(names.key, (path) => readPath(path, cwd));
  const tls = certFile === undefined || keyFile === undefined ? null : { certFile, keyFile };
  if (tls === null && (certFile ?? keyFile) !== undefined) {
    const [missing, there] =
      certFile === undefined ? [names.cert, names.key] : [names.key, names.cert];
    wrong(missing, `is missing, and ${there} is there: one needs the other`);
  } else if (tls === null && trustedProxies.length === 0 && !isLoopback(host)) {
    wrong(
      names.host,
      `is ${host}, and plain http is for this machine alone: give ${names.cert} and ${names.key}, or name the proxy in front that serves https in ${names.trustProxy}`,
    );
  }
  if (tls !== null && publicUrl?.startsWith('http:') === true && trustedProxies.length === 0) {
    wrong(names.publicUrl, `begins with http:, but ${names.cert} makes this an https server`);
  }
  return { tls, publicUrl: publicUrl ?? defaultUrl(tls !== null, port) };
}

function defaultUrl(tls: boolean, port: number): string {
  // The URL class drops a port that goes without saying.
  return new URL(`${tls ? 'https' : 'http'}://localhost:${port}`).origin;
}
