import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import {
  closeGateSession,
  gateApiRoot,
  gateSessionAnswer,
  getGateSession,
  openGateRecovery,
  openGateSession,
  type GateSessionAnswer,
} from '../../contract/gate-page.ts';
import { consoleRulesAnswer } from '../../contract/console-rules.ts';
import { ProblemError } from '../../server/problem-error.ts';
import { defaultConsoleRules } from '../../domain/console-rules.ts';
import type { GateContext } from '../in-force.ts';
import { createAttemptLimit } from './attempts.ts';
import { foreignOrigin } from './console-guard.ts';
import type { GateEvents } from './gate-events.ts';
import type { Admitted, Gatekeeper } from './gatekeeper.ts';
import { recoveryMinutes, type GateSession } from './session.ts';
import type { SessionCookie } from './session-cookie.ts';
import type { SessionStore } from './session-store.ts';
import type { SignedIn, SignInRequest } from './sign-in.ts';

export interface SessionRoutesDependencies {
  readonly context: Pick<GateContext, 'inForce'>;
  readonly gatekeeper: Gatekeeper;
  readonly sessions: SessionStore;
  readonly cookie: SessionCookie;
  readonly events: GateEvents;
  readonly publicUrl: string;
  readonly now: () => number;
  readonly signIn: (request: SignInRequest) => Promise<SignedIn>;
  /** Resolves when the disk has no session that has ended, or takes nothing. */
  readonly sessionsKept: () => Promise<void>;
  /** R17: uses a recovery link up. */
  readonly redeemLink: (token: string) => Promise<boolean>;
}

/** Opening, showing and ending sessions. */
export function sessionRoutes(app: FastifyInstance, dependencies: SessionRoutesDependencies): void {
  const { context, gatekeeper, sessions, cookie, events, publicUrl, now } = dependencies;
  const countSignIn = createAttemptLimit(60, now);
  const countRecovery = createAttemptLimit(20, now);
  const url = (path: string) => `${gateApiRoot}${path}`;

  app.get(url(getGateSession.path), (request) => {
    const { cookie: cookies } = request.headers;
    const { by } = parsed(getGateSession.query, request.query, 'query');
    const seen = by === 'person' ? gatekeeper.admit(cookies) : gatekeeper.look(cookies);
    return seen instanceof ProblemError
      ? { session: null, ended: gatekeeper.endOf(cookies) }
      : { session: answerOf(seen), ended: null };
  });

  app.post(url(openGateSession.path), async (request, reply) => {
    requireSameOrigin(request, publicUrl);
    countSignIn(request.ip);
    const body = parsed(openGateSession.body, request.body ?? {}, 'body');
    const signedIn = dependencies.signIn({
      accessToken: bearerToken(request),
      graphAccessToken: body.graphAccessToken ?? null,
      cookies: request.headers.cookie,
      address: request.ip,
    });
    const { session, secret } = await signedIn.catch((error: unknown) => {
      const code = error instanceof ProblemError ? error.code : 'internal_error';
      request.log.info({ code }, 'sign-in refused');
      throw error;
    });
    request.log.info({ objectId: session.person?.objectId, sessionId: session.id }, 'signed in');
    if (secret !== null) reply.header('set-cookie', cookie.set(secret));
    return shownAnew(session, secret, request);
  });

  app.post(url(openGateRecovery.path), async (request, reply) => {
    requireSameOrigin(request, publicUrl);
    countRecovery(request.ip);
    const { token } = parsed(openGateRecovery.body, request.body, 'body');
    if (!(await dependencies.redeemLink(token))) {
      throw new ProblemError(
        401,
        'recovery_link_invalid',
        'This recovery link was used already, is older than 15 minutes, or isn’t one. Make another: gatehouse gate recover.',
      );
    }
    const before = gatekeeper.look(request.headers.cookie);
    if (!(before instanceof ProblemError)) sessions.end(before.session, 'signedOut');
    const secret = cookie.create();
    const session = sessions.open({
      key: cookie.hashed(secret),
      kind: 'recovery',
      person: null,
      groups: '',
      signInId: '',
      openedAt: now(),
    });
    events.recovery('sessionOpened', request.ip);
    request.log.warn({ sessionId: session.id }, 'recovery session opened');
    reply.header('set-cookie', cookie.set(secret));
    return shownAnew(session, secret, request);
  });

  app.delete(url(closeGateSession.path), async (request, reply) => {
    requireSameOrigin(request, publicUrl);
    const key = cookie.keyOf(request.headers.cookie);
    const session = key === null ? undefined : sessions.find(key);
    if (session !== undefined) {
      sessions.end(session, 'signedOut');
      // Whoever is told that they are signed out is so after a power cut as well.
      await dependencies.sessionsKept();
    }
    return reply.header('set-cookie', cookie.clear()).code(204).send();
  });

  function shownAnew(session: GateSession, secret: string | null, request: FastifyRequest) {
    const cookies = secret === null ? request.headers.cookie : `${cookie.name}=${secret}`;
    const seen = gatekeeper.admit(cookies);
    if (seen instanceof ProblemError) throw seen;
    if (seen.session !== session) throw new Error('the session that was opened isn’t there');
    return answerOf(seen);
  }

  function answerOf({ session, standing }: Admitted): GateSessionAnswer {
    const policy = context.inForce().bundle?.sessions;
    const isRecovery = session.kind === 'recovery';
    const minutes = isRecovery ? recoveryMinutes : (policy?.totalMinutes ?? 0);
    const given = standing.given;
    return gateSessionAnswer.parse({
      kind: session.kind,
      name: session.person?.name ?? 'Recovery',
      userPrincipalName: session.person?.userPrincipalName ?? null,
      role: standing.role,
      through:
        given === null
          ? null
          : {
              settingName: given.setting.name,
              level: given.setting.level,
              groups: [...given.mapped.through],
            },
      openedAt: new Date(session.openedAt).toISOString(),
      endsAt: new Date(session.openedAt + minutes * 60_000).toISOString(),
      idleMinutes: isRecovery ? null : (policy?.idleMinutes ?? null),
      consoleRules: consoleRulesAnswer(standing.rules ?? defaultConsoleRules),
    });
  }
}

/** Nobody may be signed in to, or out of, a session by somebody else's page. */
function requireSameOrigin({ headers }: FastifyRequest, publicUrl: string): void {
  if (headers.origin !== publicUrl) throw foreignOrigin(publicUrl);
}

function bearerToken({ headers, raw }: FastifyRequest): string {
  const [, token] = /^Bearer ([^\s,]+)$/iu.exec(headers.authorization ?? '') ?? [];
  const several =
    raw.rawHeaders.filter((part) => part.toLowerCase() === 'authorization').length > 1;
  if (token !== undefined && !several) return token;
  throw new ProblemError(
    401,
    'invalid_authorization',
    'Send one access token as `Authorization: Bearer <token>`.',
    { headers: { 'www-authenticate': 'Bearer realm="gatehouse"' } },
  );
}

function parsed<T extends z.ZodType>(
  schema: T,
  value: unknown,
  what: 'body' | 'query',
): z.output<T> {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const errors = error.issues.slice(0, 20).map(({ path, message, code }) => ({
    path: path.map((part) => `/${String(part)}`).join(''),
    message,
    code,
  }));
  throw new ProblemError(400, 'invalid_request', `The ${what} isn’t right.`, { errors });
}
