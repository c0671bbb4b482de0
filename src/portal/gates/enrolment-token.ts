import { createHash, randomBytes } from 'node:crypto';

/** Milliseconds that a token is good for. */
export const tokenLifetime = 15 * 60_000;

/** Only the hash of a token is ever stored: who reads the database can't enrol with it. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** 256 bits. None begins with a dash, which a command line would take for an option. */
export function newToken(): string {
  for (;;) {
    const token = randomBytes(32).toString('base64url');
    if (!token.startsWith('-')) return token;
  }
}

/** What is to be run on the sensor. */
export function enrolmentCommand(portalUrl: string, fingerprint: string, token: string): string {
  return `gatehouse gate enrol --portal ${portalUrl} --fingerprint ${fingerprint} --token ${token}`;
}
