import { isIP } from 'node:net';
import type { SecureContextOptions, Server as TlsServer } from 'node:tls';
import {
  checkTlsPair,
  readTlsFiles,
  TlsError,
  type TlsFileNames,
  type TlsPair,
} from './tls-pair.ts';

/** Days before the end of a certificate at which somebody is told. */
export const expiryWarnings = [30, 14, 7, 1] as const;

const day = 86_400_000;

interface TlsLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface TlsFilesOptions extends TlsFileNames {
  readonly log: TlsLog;
  /** The host that people open: a certificate for another one is worth a warning. */
  readonly hostname?: string;
  /** Told when the end of the certificate is 30, 14, 7 and 1 days away, and when it is over. */
  readonly onExpiry?: (daysLeft: number, expiresAt: Date) => void;
  /** Milliseconds between two looks at the files: 10,000. */
  readonly interval?: number;
  readonly now?: () => Date;
}

/** A certificate and its key, as their files have them now. */
export interface TlsFiles {
  /** What a server begins with. */
  readonly secureContext: () => SecureContextOptions;
  /** Gives this server each later pair, without a restart. */
  readonly attach: (server: TlsServer) => void;
  readonly certificateExpiresAt: () => Date;
  /** Looks at the files at once; the same happens by itself every few seconds. */
  readonly reload: () => Promise<void>;
  readonly close: () => void;
}

/**
 * Reads a certificate and its key, and follows their files. They are read again every few seconds
 * instead of watched: certbot swaps symbolic links, others rename, network shares tell nothing. As
 * long as what lies there doesn't fit together (one file written, the other not yet), or has expired,
 * the pair in use stays. Throws TlsError where the first pair is wrong.
 */
export async function watchTlsFiles(options: TlsFilesOptions): Promise<TlsFiles> {
  const { log, now = () => new Date() } = options;
  const servers = new Set<TlsServer>();
  const contents = await readTlsFiles(options);
  let seen = contents.fingerprint;
  let refused = '';
  let current = checkTlsPair(contents, options, now());
  let warned: number | null = null;

  const adopt = (pair: TlsPair): void => {
    current = pair;
    warned = null;
    for (const server of servers) server.setSecureContext(secureContext(pair));
    warnOfHost(pair, options);
    warnOfExpiry();
  };
  function warnOfExpiry(): void {
    const daysLeft = (current.expiresAt.getTime() - now().getTime()) / day;
    const threshold = daysLeft <= 0 ? 0 : expiryWarnings.findLast((days) => daysLeft <= days);
    if (threshold === undefined || threshold === warned) return;
    warned = threshold;
    const fields = { certFile: options.certFile, expiresAt: current.expiresAt.toISOString() };
    if (threshold === 0) log.error(fields, 'the certificate has expired: browsers refuse it');
    else log.warn(fields, `the certificate expires within ${Math.ceil(daysLeft)} days: renew it`);
    options.onExpiry?.(Math.max(0, Math.floor(daysLeft)), current.expiresAt);
  }
  const look = async (): Promise<void> => {
    try {
      const found = await readTlsFiles(options);
      if (found.fingerprint !== seen) {
        adopt(checkTlsPair(found, options, now()));
        seen = found.fingerprint;
        log.info({ expiresAt: current.expiresAt.toISOString() }, 'the certificate was replaced');
      }
      refused = '';
    } catch (error) {
      if (!(error instanceof TlsError)) throw error;
      // Once for each reason, not every few seconds.
      if (error.message !== refused) {
        log.warn({ reason: error.message }, 'the certificate in use stays');
      }
      refused = error.message;
    }
    warnOfExpiry();
  };

  adopt(current);
  let looking: Promise<void> | null = null;
  const reload = (): Promise<void> => (looking ??= look().finally(() => (looking = null)));
  const timer = setInterval(() => void reload(), options.interval ?? 10_000);
  timer.unref();
  return {
    secureContext: () => secureContext(current),
    attach(server) {
      servers.add(server);
      server.once('close', () => servers.delete(server));
      server.setSecureContext(secureContext(current));
    },
    certificateExpiresAt: () => current.expiresAt,
    reload,
    close: () => clearInterval(timer),
  };
}

function secureContext({ cert, key }: TlsPair): SecureContextOptions {
  return { cert, key, minVersion: 'TLSv1.2' };
}

function warnOfHost({ leaf }: TlsPair, { hostname, certFile, log }: TlsFilesOptions): void {
  if (hostname === undefined) return;
  const bare = hostname.replace(/^\[|\]$/gu, '');
  const fits = isIP(bare) === 0 ? leaf.checkHost(bare) : leaf.checkIP(bare);
  if (fits !== undefined) return;
  log.warn({ certFile, hostname: bare }, 'the certificate is for other hosts: browsers refuse it');
}
