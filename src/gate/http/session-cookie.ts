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
      let value: string | null = null;
      for (let at = header.indexOf(before); at !== -1; at = header.indexOf(before, at + 1)) {
        if (!beginsCookie(header, at)) continue;
        // Two of the same name can't come from a browser: neither is believed.
        if (value !== null) return null;
        const from = at + before.length;
        const end = header.indexOf(';', from);
        value = header.slice(from, end === -1 ? undefined : end);
      }
      if (value === null || value.length !== length || !value.endsWith(tag)) return null;
      return hashed(value);
    },
    set: (secret) => `${name}=${secret}; ${attributes}`,
    clear: () => `${name}=; ${attributes}; Max-Age=0`,
  };
}

/**
 * Does a cookie begin here? In the value of another one, which any host of the same domain can set,
 * the name counts for nothing: spaces are as good as letters there.
 */
function beginsCookie(header: string, at: number): boolean {
  let before = at - 1;
  while (header[before] === ' ' || header[before] === '\t') before -= 1;
  return before < 0 || header[before] === ';';
}

/** A Cookie header without Gatehouse's own cookies; null: nothing is left. */
export function consoleCookies(header: string): string | null {
  if (!header.toLowerCase().includes(ownPrefix.toLowerCase())) return header;
  const left = header.split(';').filter((part) => !isOwn(part));
  return left.length === 0 ? null : left.join(';').trim();
}

/**
 * Is it a cookie (`name=value…`) of Gatehouse's own? One without a name counts by its value: it is
 * sent as that, and can't be told from a cookie of that name.
 */
export function isOwn(cookie: string): boolean {
  const named = cookie.replace(/^[\s=]+/u, '');
  return named.toLowerCase().startsWith(ownPrefix.toLowerCase());
}
