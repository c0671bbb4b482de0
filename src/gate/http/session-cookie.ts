import { hash, randomBytes } from 'node:crypto';

/** Cookies of every gate and portal on this host begin so: no console gets or sets one. */
const ownPrefix = '__Host-gatehouse-';
const secretLength = 43;

/** The cookie of one gate: cookies don't tell ports of a host apart, so name and content do. */
export interface SessionCookie {
  readonly name: string;
  /** A new secret, of 256 random bits. */
  create(): string;
  /** The hash of the secret in a Cookie header: what sessions are kept under. Null without one of this gate. */
  keyOf(header: string | undefined): string | null;
  /** The hash that a secret is kept under. */
  hashed(secret: string): string;
  set(secret: string): string;
  clear(): string;
}

const attributes = 'Path=/; HttpOnly; Secure; SameSite=Lax';

export function createSessionCookie(gateId: string): SessionCookie {
  const name = `${ownPrefix}${hash('sha256', `name\n${gateId}`).slice(0, 12)}`;
  // Not secret: another gate's cookie under this name is told at a glance.
  const tag = `.${hash('sha256', `tag\n${gateId}`, 'base64url').slice(0, 16)}`;
  const length = secretLength + tag.length;
  const hashed = (secret: string) => hash('sha256', `${gateId}\n${secret}`, 'base64url');
  const before = `${name}=`;

  return {
    name,
    hashed,
    create: () => `${randomBytes(32).toString('base64url')}${tag}`,
    keyOf(header) {
      if (header === undefined) return null;
      const at = header.indexOf(before);
      if (at === -1 || (at > 0 && header[at - 1] !== ' ' && header[at - 1] !== ';')) return null;
      // Two of the same name can't come from a browser: neither is believed.
      if (header.includes(before, at + 1)) return null;
      const from = at + before.length;
      const end = header.indexOf(';', from);
      const value = header.slice(from, end === -1 ? undefined : end);
      return value.length === length && value.endsWith(tag) ? hashed(value) : null;
    },
    set: (secret) => `${name}=${secret}; ${attributes}`,
    clear: () => `${name}=; ${attributes}; Max-Age=0`,
  };
}

/** A Cookie header without Gatehouse's own cookies; null: nothing is left. */
export function consoleCookies(header: string): string | null {
  if (!header.toLowerCase().includes(ownPrefix.toLowerCase())) return header;
  const left = header.split(';').filter((part) => !isOwn(part));
  return left.length === 0 ? null : left.join(';').trim();
}

/** Is it a cookie (`name=value…`) of Gatehouse's own? */
export function isOwn(cookie: string): boolean {
  return cookie.trimStart().toLowerCase().startsWith(ownPrefix.toLowerCase());
}
