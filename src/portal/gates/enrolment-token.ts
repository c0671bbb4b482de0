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

export interface EnrolmentOrder {
  readonly portalUrl: string;
  readonly fingerprint: string;
  readonly token: string;
  /** Where people open the gate; null: to be added by whoever runs the command. */
  readonly origin: string | null;
}

/** What is to be run on the sensor. */
export function enrolmentCommand(order: EnrolmentOrder): string {
  const { portalUrl, fingerprint, token, origin } = order;
  const command = `gatehouse gate enrol --portal ${word(portalUrl)} --fingerprint ${fingerprint} --token ${token}`;
  return origin === null ? command : `${command} --public-url ${word(origin)}`;
}

/** An origin as a shell takes it: brackets around an address are a pattern to some. */
function word(origin: string): string {
  return origin.includes('[') ? `'${origin}'` : origin;
}
