import { InvalidValue, isLoopback } from '../server/config-value.ts';

/** An SMTP server, from its address. */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise STARTTLS, without which nothing is sent but on this machine. */
  readonly implicitTls: boolean;
  /** Null: it takes mail without. */
  readonly credentials: { readonly user: string; readonly password: string } | null;
}

/** Whom mail comes from. */
export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

export interface SmtpSetting {
  readonly server: SmtpServer;
  readonly from: Mailbox;
}

/** The address of an SMTP server. It holds a password: what is wrong is said without showing it. */
export function readSmtpUrl(value: string): SmtpServer {
  if (!URL.canParse(value)) {
    return invalid('is not a URL (write @ : / ? # % in a password as %40 %3A %2F %3F %23 %25)');
  }
  const { protocol, hostname, port, pathname, search, hash, username, password } = new URL(value);
  if (protocol !== 'smtp:' && protocol !== 'smtps:') {
    return invalid(
      `begins with ${JSON.stringify(protocol.slice(0, 20))}, not with smtp: or smtps:`,
    );
  }
  if (hostname === '') return invalid('names no host');
  if (hash !== '') return invalid('holds a #; in a password write it as %23');
  if (search !== '') return invalid('holds a ?; in a password write it as %3F');
  if (pathname !== '' && pathname !== '/') return invalid('must end after the host and its port');
  if ((username === '') !== (password === '')) {
    return invalid('holds a user without a password, or a password without a user');
  }
  const implicitTls = protocol === 'smtps:';
  return {
    // The brackets around an IPv6 address belong to URLs alone.
    host: hostname.replace(/^\[(.*)\]$/u, '$1'),
    port: port === '' ? (implicitTls ? 465 : 587) : Number(port),
    implicitTls,
    credentials: username === '' ? null : { user: decoded(username), password: decoded(password) },
  };
}

/** May mail travel in the clear? Only where no network lies between. */
export function needsTls({ host }: SmtpServer): boolean {
  return !isLoopback(host);
}

const mailbox = /^(?:(?<name>[^<>@]+?)\s*<(?<inside>[^<>]+)>|(?<alone>[^<>]+))$/u;
const address = /^[^\s<>@,;:"()]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*$/iu;

/** `gatehouse@example.com`, or `Gatehouse <gatehouse@example.com>`. */
export function readMailbox(value: string): Mailbox {
  const groups = /\p{Cc}/u.test(value) ? undefined : mailbox.exec(value)?.groups;
  const found = groups?.['inside'] ?? groups?.['alone'] ?? '';
  if (address.test(found)) {
    return { name: groups?.['name']?.replaceAll('"', '').trim() ?? 'Gatehouse', address: found };
  }
  return invalid('is neither an e-mail address nor a name with one in < >');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return invalid('holds a % that isn’t followed by two hexadecimal digits; write % as %25');
  }
}

function invalid(problem: string): never {
  throw new InvalidValue(problem);
}
