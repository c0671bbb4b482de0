import { randomUUID } from 'node:crypto';
import type { Misbehaviour } from './misbehaving-provider.ts';
import { webGroups, type WebBrowser, type WebPortal } from './web-portal.ts';

/** A person of their own at the provider of a portal. */
export interface WebVisitor {
  readonly oid: string;
  /** What the provider tells of them from now on, at the portal's time; they are an Admin. */
  readonly tells: (claims?: Record<string, unknown>, others?: Misbehaviour) => void;
  readonly signedIn: (claims?: Record<string, unknown>) => Promise<WebBrowser>;
}

export function webVisitor(portal: WebPortal, now: () => number): WebVisitor {
  const oid = randomUUID();
  const tells: WebVisitor['tells'] = (claims = {}, others = {}) => {
    const at = Math.floor(now() / 1000);
    const times = { iat: at, nbf: at, exp: at + 3600 };
    const person = { groups: [webGroups.admin], oid, sid: `sid-${oid}` };
    portal.provider.misbehave({ ...others, claims: { ...person, ...times, ...claims } });
  };
  return {
    oid,
    tells,
    async signedIn(claims) {
      tells(claims);
      const browser = portal.browser();
      const location = await browser.signIn();
      if (!location.startsWith('/sign-in/complete')) throw new Error(location);
      return browser;
    },
  };
}

/** What a request in a session that is over is answered with. */
export function ended(reason: string) {
  return { status: 401, code: 'session_ended', details: { reason } };
}
