import { eq } from 'drizzle-orm';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { authenticationContext } from '../../contract/security.ts';
import { signOut, startSignIn, webSignInPaths } from '../../contract/web-sign-in.ts';
import { ProblemError } from '../../server/problem-error.ts';
import { readSessionCookie, sessionCookie } from '../http/credentials.ts';
import { requireSameOrigin } from '../http/same-origin.ts';
import type { Routes } from '../http/serve.ts';
import type { SignInAttempt } from '../http/web-providers.ts';
import type { AppendAudit } from '../storage/audit-log.ts';
import { portalSessions } from '../storage/provider-schema.ts';
import {
  createAnswerCallback,
  sessionCookieOptions,
  type CallbackDependencies,
} from './answer-callback.ts';
import { endSessionsOfEntra, type EntraSession } from './end-by-entra.ts';
import { isSecret, secretHash } from './recovery-link.ts';
import { endedBy } from './session-audit.ts';
import { sessionIdentity } from './session-identity.ts';
import { endSessions } from './session-store.ts';

export interface WebSignInDependencies extends CallbackDependencies {
  readonly appendAudit: AppendAudit;
  /** Origin of the login address. */
  readonly loginOrigin: string;
}

/** Sign-in and sign-out by a web application, on the server. */
export function webSignInRoutes(deps: WebSignInDependencies): Routes {
  const { providers, begin, publicUrl, loginOrigin, countOpen } = deps;
  const answerCallback = createAnswerCallback(deps);

  return (serve, app) => {
    serve(startSignIn, async ({ body, request, reply }) => {
      await countOpen(request);
      // Nobody may be signed in as somebody else by a page of others (login CSRF).
      requireSameOrigin(request, publicUrl);
      const { providerId, returnTo, loginHint } = body;
      const provider = await providers.active(providerId);
      if (provider === null) throw inactive();
      const attempt: SignInAttempt = {
        purpose: body.window ? 'renewal' : 'signIn',
        providerId,
        verificationId: null,
        returnTo,
        ...(body.otherAccount ? { prompt: 'select_account' } : {}),
        ...(loginHint === undefined ? {} : { loginHint }),
        ...(body.claims === undefined ? {} : { claims: readClaims(body.claims) }),
      };
      return { url: (await begin(attempt, provider, reply)).href };
    });

    serve(signOut, async ({ request, reply }) => {
      await countOpen(request);
      requireSameOrigin(request, publicUrl);
      const secret = readSessionCookie(request);
      reply.clearCookie(sessionCookie, sessionCookieOptions);
      return { url: secret === undefined ? null : await signOutOf(secret, request, deps) };
    });

    app.route({
      method: 'GET',
      url: webSignInPaths.callback,
      exposeHeadRoute: false,
      handler: async (request, reply) => reply.redirect(await answerCallback(request, reply), 303),
    });

    app.route({
      method: 'GET',
      url: webSignInPaths.frontChannelLogout,
      exposeHeadRoute: false,
      handler: async (request, reply) => {
        await countOpen(request);
        const told = logoutQuery.safeParse(request.query).data;
        if (told !== undefined) await endSessionsOfEntra(told, deps);
        return framed(reply, loginOrigin);
      },
    });
  };
}

const logoutQuery: z.ZodType<EntraSession> = z.object({
  // Printable ASCII: no database takes every other character.
  sid: z.string().regex(/^[\x21-\x7e]{1,200}$/u),
  iss: z.string().max(500).optional(),
});

/** The same whatever was found: nobody learns who is signed in. */
function framed(reply: FastifyReply, loginOrigin: string): FastifyReply {
  return reply
    .header('content-security-policy', `default-src 'none'; frame-ancestors ${loginOrigin}`)
    .type('text/html; charset=utf-8')
    .send('<!doctype html><title>Signed out</title>');
}

/**
 * Ends the session; answers where to go on to sign out at Microsoft, while the provider is known. Also
 * where the session has ended already: whoever still has its cookie is signed in at Microsoft by it.
 */
async function signOutOf(
  secret: string,
  { ip: address, log }: Pick<FastifyRequest, 'ip' | 'log'>,
  deps: WebSignInDependencies,
): Promise<string | null> {
  if (!isSecret(secret)) return null;
  const which = eq(portalSessions.secretHash, secretHash(secret));
  const { db } = deps.database;
  const ended = await db.transaction(async (tx) => {
    const [session] = await endSessions(tx, which, 'signedOut', deps.now());
    if (session === undefined) return undefined;
    const { name, tenantId, objectId } = session;
    const actor = { kind: 'entra', name, tenantId, objectId } as const;
    await deps.appendAudit(tx, endedBy(actor, address, session, 'signedOut'));
    return session;
  });
  if (ended !== undefined) deps.memory.drop([ended.id]);
  try {
    const session = ended ?? (await db.select().from(portalSessions).where(which))[0];
    if (session === undefined) return null;
    const loginHint = sessionIdentity.safeParse(session.identity).data?.loginHint ?? null;
    return (await deps.providers.signOutUrl(session.providerId, loginHint))?.href ?? null;
  } catch (error) {
    // The session has ended all the same: no failure may say otherwise.
    log.warn({ reason: String(error) }, 'no address to sign out at Microsoft');
    return null;
  }
}

function inactive(): ProblemError {
  return new ProblemError(
    409,
    'provider_inactive',
    'This way of signing in isn’t offered any more. Reload the page.',
  );
}

/** What our own challenges ask for (R19), and nothing else: the page can’t ask for claims of its own. */
const claimsRequest = z.strictObject({
  id_token: z.strictObject({
    acrs: z.strictObject({ essential: z.literal(true), value: authenticationContext }),
  }),
});

/** JSON of what a challenge asked for, in base64. Throws 400 at its field. */
function readClaims(encoded: string): string {
  try {
    const text = Buffer.from(encoded, 'base64').toString('utf8');
    return JSON.stringify(claimsRequest.parse(JSON.parse(text)));
  } catch (cause) {
    const message = 'must be base64 of the claims of a challenge';
    const errors = [{ path: '/claims', message }];
    throw new ProblemError(400, 'invalid_request', 'One field isn’t right.', { errors, cause });
  }
}
