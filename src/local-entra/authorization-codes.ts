import { createHash, randomBytes } from 'node:crypto';
import { AadstsError } from './aadsts.ts';
import type { AuthorizeRequest } from './authorize-request.ts';
import type { Account } from './sessions.ts';

/** What an authorization code stands for. */
export interface CodeGrant {
  request: AuthorizeRequest;
  account: Account;
  /** Authentication contexts that the sign-in satisfied. */
  contexts: string[];
}

export interface AuthorizationCodes {
  issue: (grant: CodeGrant) => string;
  /** Good once and for ten minutes. Throws 70000, 54005 or 70008. */
  find: (code: string) => CodeGrant;
  /** The same, and uses it up. */
  redeem: (code: string) => CodeGrant;
}

const lifetime = 10 * 60_000;

export function createAuthorizationCodes(now: () => number): AuthorizationCodes {
  const codes = new Map<string, { grant: CodeGrant; expires: number; redeemed: boolean }>();
  function valid(code: string) {
    const entry = codes.get(code);
    if (entry === undefined) throw new AadstsError(70000);
    if (entry.redeemed) throw new AadstsError(54005);
    if (entry.expires <= now()) throw new AadstsError(70008);
    return entry;
  }

  return {
    issue(grant) {
      for (const [code, { expires }] of codes) if (expires + lifetime < now()) codes.delete(code);
      const code = `1.${randomBytes(48).toString('base64url')}`;
      codes.set(code, { grant, expires: now() + lifetime, redeemed: false });
      return code;
    },
    find: (code) => valid(code).grant,
    redeem(code) {
      const entry = valid(code);
      entry.redeemed = true;
      return entry.grant;
    },
  };
}

/** Does the verifier belong to the challenge (RFC 7636, section 4.6)? */
export function provesPossession(
  challenge: AuthorizeRequest['challenge'],
  verifier: string | undefined,
): boolean {
  if (challenge === undefined) return verifier === undefined;
  if (verifier === undefined || !/^[\w.~-]{43,128}$/.test(verifier)) return false;
  const derived =
    challenge.method === 'plain'
      ? verifier
      : createHash('sha256').update(verifier).digest('base64url');
  return derived === challenge.value;
}
