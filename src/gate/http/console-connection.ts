import { isLoopback } from '../../server/config-value.ts';

/** How the console is reached. */
export interface ConsoleConnection {
  readonly isTls: boolean;
  /** An IPv6 address without its brackets. */
  readonly hostname: string;
  readonly port: number;
  /**
   * False on this machine alone, where nobody stands between a gate and a console: their certificates
   * are their own.
   */
  readonly rejectUnauthorized: boolean;
}

/** `upstream`: the console's origin. */
export function consoleConnection(upstream: string): ConsoleConnection {
  const { protocol, hostname, port } = new URL(upstream);
  const isTls = protocol === 'https:';
  return {
    isTls,
    hostname: hostname.replace(/^\[|\]$/gu, ''),
    port: port === '' ? (isTls ? 443 : 80) : Number(port),
    rejectUnauthorized: !isLoopback(hostname),
  };
}
