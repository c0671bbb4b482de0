import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { isGuid } from '../domain/guid.ts';

/** What is wrong with a variable's value, to be read after its name: "is ...". */
export class InvalidValue extends Error {
  override readonly name = 'InvalidValue';
}

function invalid(problem: string): never {
  throw new InvalidValue(problem);
}

/** A value as an error shows it. */
function shown(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}

export function readPort(value: string): number {
  const port = Number(value);
  if (!/^\d+$/.test(value)) return invalid(`is ${shown(value)}, not a number`);
  return port >= 1 && port <= 65_535 ? port : invalid(`is ${value}; ports go from 1 to 65535`);
}

/** `portVariable`: what the port belongs in. */
export function readHost(value: string, portVariable = 'GATEHOUSE_PORT'): string {
  if (isIP(value) !== 0) return value;
  if (value.includes('://'))
    return invalid(`is ${shown(value)}: give the address alone, without http://`);
  if (/:\d+$/.test(value))
    return invalid(`is ${shown(value)}: the port has a variable of its own, ${portVariable}`);
  const labels = value.split('.');
  const isName = labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(label));
  const looksLikeAddress = labels.every((label) => /^\d+$/.test(label));
  return isName && !looksLikeAddress
    ? value
    : invalid(`is ${shown(value)}, neither an IP address nor a host name`);
}

/** The path of a file or a folder, made absolute. */
export function readPath(value: string, cwd: string): string {
  if (value.startsWith('~'))
    return invalid(`is ${shown(value)}: nothing replaces ~ here, write the path in full`);
  return value.includes('\0') ? invalid('holds a zero byte') : resolve(cwd, value);
}

export function readOneOf<const T extends string>(value: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === value);
  return found ?? invalid(`is ${shown(value)}, not one of ${allowed.join(', ')}`);
}

/** A GUID, in lower case: object ids are compared without regard to case. */
export function readGuid(value: string): string {
  if (isGuid(value)) return value.toLowerCase();
  return invalid(
    `is ${shown(value)}, not an id of the form shown on the application's Overview in Entra`,
  );
}

/** An http or https URL without a trailing slash. Plain http only where no network lies between. */
export function readWebUrl(value: string, options: { path: boolean }): string {
  if (!URL.canParse(value)) return invalid(`is ${shown(value)}, not a URL`);
  const url = new URL(value);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return invalid(`is ${shown(value)}, not an https URL`);
  // Before anything that would show the value.
  if (url.username || url.password)
    return invalid('holds a user name or a password; none belongs there');
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return invalid(
      `is ${shown(value)}: plain http is for this machine alone (localhost, 127.0.0.1, [::1])`,
    );
  }
  if (url.search || url.hash) return invalid(`is ${shown(value)}: nothing may follow after ? or #`);
  const path = url.pathname.replace(/\/+$/, '');
  if (path && !options.path)
    return invalid(`is ${shown(value)}: it must end after the host, without ${path}`);
  return url.origin + path;
}

/** True for this machine alone: as an address to listen on, or as the host of a URL. */
export function isLoopback(host: string): boolean {
  return ['localhost', '::1', '[::1]'].includes(host) || /^127(\.\d+){3}$/.test(host);
}

const sslModes = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full'];

/** A PostgreSQL address. It holds a password: what is wrong is said without showing it. */
export function readDatabaseUrl(value: string): string {
  if (!URL.canParse(value)) {
    return invalid('is not a URL (write @ : / ? # % in a password as %40 %3A %2F %3F %23 %25)');
  }
  const { protocol, hostname, pathname, searchParams, username, hash } = new URL(value);
  if (protocol !== 'postgresql:' && protocol !== 'postgres:') {
    return invalid(`begins with ${shown(protocol)}, not with postgresql:`);
  }
  if (hash) return invalid('holds a #; in a password write it as %23');
  if (!hostname && !searchParams.get('host')) return invalid('names no host');
  if (!username && !searchParams.get('user')) return invalid('names no user');
  if (!/^\/[^/]+$/.test(pathname)) return invalid('names no database after the host');
  const mode = searchParams.get('sslmode');
  if (mode !== null && !sslModes.includes(mode)) {
    return invalid(`has sslmode=${shown(mode)}, not one of ${sslModes.join(', ')}`);
  }
  return value;
}

/** "new,old": keys of 32 bytes, divided by commas; the first encrypts, all decrypt. Never shown. */
export function readSecretKeys(value: string): [Buffer, ...Buffer[]] {
  const [first = '', ...others] = value.split(',').map((part) => part.trim());
  if (others.includes('') || (first === '' && others.length > 0)) {
    return invalid('has a comma with no key beside it; write "new,old"');
  }
  const keys: [Buffer, ...Buffer[]] = [readSecretKey(first), ...others.map(readSecretKey)];
  const distinct = new Set(keys.map((key) => key.toString('hex')));
  return distinct.size === keys.length ? keys : invalid('names the same key twice');
}

/** 32 bytes in base64 or hexadecimal. */
function readSecretKey(value: string): Buffer {
  const isHex = /^[0-9a-f]{64}$/i.test(value);
  if (!isHex && !/^[A-Za-z0-9+/_-]{43}=?$/.test(value)) {
    return invalid(
      `is ${value.length} characters long, not 32 bytes in base64 (44 characters) or hexadecimal (64)`,
    );
  }
  const key = Buffer.from(value, isHex ? 'hex' : 'base64');
  if (new Set(key).size < 8) return invalid('is not random: its bytes repeat');
  return key;
}

/** Addresses of reverse proxies whose X-Forwarded-For is believed. */
export function readProxies(value: string): string[] {
  return value.split(',').map((part) => {
    const [address = '', bits, ...rest] = part.trim().split('/');
    const family = isIP(address);
    if (family === 0)
      return invalid(`names ${shown(part.trim())}, not an IP address or a network of them`);
    const most = family === 4 ? 32 : 128;
    const isNetwork =
      bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= most);
    if (!isNetwork || rest.length > 0)
      return invalid(`names ${shown(part.trim())}; a network's size goes from /1 to /${most}`);
    return part.trim();
  });
}
