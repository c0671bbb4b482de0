import type { FastifyRequest } from 'fastify';
import { closeRecoverySession, openRecoverySession } from '../../contract/recovery.ts';
import { readRecoveryCookie, recoveryCookie } from '../http/credentials.ts';
import { requireSameOrigin } from '../http/same-origin.ts';
import type { Routes } from '../http/serve.ts';
import { closeRecovery } from './recovery-sessions.ts';
import { redeemRecoveryLink, type RedeemDependencies } from './redeem-recovery-link.ts';

const cookie = { path: '/', httpOnly: true, secure: true, sameSite: 'strict' } as const;

export interface RecoveryRoutesDependencies extends RedeemDependencies {
  readonly publicUrl: string;
  readonly countAttempt: (request: FastifyRequest) => Promise<void>;
}

/** Opening and closing recovery sessions (R17). */
export function recoveryRoutes(dependencies: RecoveryRoutesDependencies): Routes {
  return (serve) => {
    serve(openRecoverySession, async ({ body, request, reply, address }) => {
      await dependencies.countAttempt(request);
      // Nobody may be signed in to a session of somebody else's making.
      requireSameOrigin(request, dependencies.publicUrl);
      const { secret, endsAt } = await redeemRecoveryLink(body.token, address, dependencies);
      reply.setCookie(recoveryCookie, secret, { ...cookie, expires: endsAt });
      return { endsAt: endsAt.toISOString() };
    });

    serve(closeRecoverySession, async ({ request, reply, address }) => {
      const secret = readRecoveryCookie(request);
      if (secret !== undefined) await closeRecovery(secret, address, dependencies);
      reply.clearCookie(recoveryCookie, cookie);
      return undefined;
    });
  };
}
