import { EncryptJWT, jwtDecrypt } from 'jose';
import { AadstsError } from './aadsts.ts';
import { entraTime } from './refusal-report.ts';
import type { Platform } from './redirect-uris.ts';
import type { Account } from './sessions.ts';

/** What a refresh token stands for. It holds for every resource, and is not spent by its use. */
export interface RefreshGrant {
  clientId: string;
  account: Account;
  platform: Platform;
  contexts: string[];
  /** What was asked for first, for a request that names no scope. */
  scope: string;
  /** Milliseconds at which the first of this line of tokens was issued. */
  issuedAt: number;
  /** Milliseconds at which this one ends. */
  expires: number;
}

export interface RefreshTokens {
  /** A page's tokens end 24 hours after the first one, a server's 90 days after the last use. */
  issue(grant: Omit<RefreshGrant, 'expires'>): Promise<{ token: string; expiresIn: number }>;
  /** Throws 70000, 70008 or 700084. */
  open: (token: string) => Promise<RefreshGrant>;
}

const day = 24 * 3_600_000;

/** Like Entra's they are encrypted and kept nowhere, so that they outlive a restart with the key. */
export function createRefreshTokens(key: Uint8Array, now: () => number): RefreshTokens {
  return {
    async issue(grant) {
      const expires = grant.platform === 'spa' ? grant.issuedAt + day : now() + 90 * day;
      const token = await new EncryptJWT({ grant: { ...grant, expires } })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .encrypt(key);
      return { token: `1.${token}`, expiresIn: Math.ceil((expires - now()) / 1000) };
    },
    async open(token) {
      const grant = await decrypt(token.replace(/^1\./, ''), key);
      if (grant.expires > now()) return grant;
      const issued = entraTime(grant.issuedAt);
      throw new AadstsError(grant.platform === 'spa' ? 700084 : 70008, { issued });
    },
  };
}

async function decrypt(token: string, key: Uint8Array): Promise<RefreshGrant> {
  try {
    const { payload } = await jwtDecrypt(token, key);
    return payload['grant'] as RefreshGrant;
  } catch {
    throw new AadstsError(70000);
  }
}
