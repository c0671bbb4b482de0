import { createHash, randomBytes } from 'node:crypto';

/** Seven days. */
const lifetime = 7 * 24 * 3_600_000;

/** 256 random bits; only their hash is stored, so that who reads the database can't use them. */
export function newInvitation(now: Date) {
  const token = randomBytes(32).toString('base64url');
  return {
    token,
    stored: {
      invitationHash: invitationHash(token),
      invitationExpiresAt: new Date(now.getTime() + lifetime),
      invitationRevokedAt: null,
    },
  };
}

export function invitationHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The token stands in the fragment, which browsers send to no server, so that it gets into no log. */
export function invitationLink(publicUrl: string, token: string): string {
  return `${publicUrl}/invitation#token=${token}`;
}
