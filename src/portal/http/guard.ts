import type { FastifyRequest } from 'fastify';
import type { EndpointShape } from '../../contract/endpoint.ts';
import { allowedSomewhere, permissions, type Permission } from '../../domain/permissions.ts';
import type { PersonNews } from '../../domain/portal-user.ts';
import type { Role } from '../../domain/role.ts';
import type { AccessSnapshot } from '../storage/access-snapshot.ts';
import type { Asker } from './asker.ts';
import { heldAsker, type HeldAsker } from './asker-cache.ts';
import { notSignedIn, readCredentials } from './credentials.ts';
import type { Credentials, Identification, Identifier } from './identification.ts';
import { refusalOf } from './no-role.ts';
import type { EntraPrincipal, Principal } from './principal.ts';
import { forbidden, ProblemError } from '../../server/problem-error.ts';
import type { RequestLimits } from './request-limits.ts';
import { requireSameOrigin } from './same-origin.ts';
import { requireStepUp } from './step-up.ts';

/** How somebody's sign-in ended, to be recorded once for each sign-in. */
export interface SignInOutcome {
  readonly identification: Identification;
  readonly refusal: ProblemError | null;
  readonly portalRole: Role | null;
  /** Asked only when it is recorded: the socket takes its time to answer. */
  readonly address: () => string;
}

export interface GuardDependencies {
  readonly identifier: Identifier;
  readonly snapshot: () => AccessSnapshot | Promise<AccessSnapshot>;
  /** Undefined when it is recorded already. */
  readonly recordSignIn: (outcome: SignInOutcome) => Promise<void> | undefined;
  /**
   * Links somebody who was invited, or keeps the address that Microsoft tells now; answers what is in
   * force then. Undefined where there is nothing to be done (any more).
   */
  readonly keepNews: (
    person: EntraPrincipal,
    news: PersonNews,
    address: string,
  ) => Promise<AccessSnapshot> | undefined;
  readonly limits: RequestLimits;
  readonly publicUrl: string;
  readonly now: () => Date;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Null until the guard has let it in. */
    admitted: Admitted | null;
  }
}

/** Who was let in. `asker` is null for those whose roles weren't asked. */
export interface Admitted {
  readonly principal: Principal | null;
  readonly asker: Asker | null;
}

/** What the guard needs to know of an endpoint. */
export type Guarded = Pick<EndpointShape, 'guard' | 'stepUp'>;

/** `counted` is false for what is answered from memory, and costs less than counting it. */
export type Admit = (
  request: FastifyRequest,
  endpoint: Guarded,
  counted: boolean,
) => Admitted | Promise<Admitted>;

const nobody: Admitted = { principal: null, asker: null };

/**
 * Lets a request in, or throws the ProblemError that says why not. Answers at once where nothing has
 * to be waited for: promises would cost more than all the rest of an answer from memory.
 */
export function createGuard(dependencies: GuardDependencies): Admit {
  const { identifier, limits, publicUrl, snapshot, recordSignIn, keepNews } = dependencies;
  const time = (): number => dependencies.now().getTime();

  async function identified(request: FastifyRequest, by: Credentials): Promise<Identification> {
    // Each cookie is a question to the database, also one that is made up.
    if (by.kind !== 'bearer') await limits.countOpen(request);
    try {
      return await identifier.identify(by);
    } catch (error) {
      // Failures only: people with a good token get in, whoever else fails behind their address.
      if (error instanceof ProblemError && error.status === 401) await limits.countFailure(request);
      throw error;
    }
  }

  function signedIn(
    request: FastifyRequest,
    who: Identification,
    now: AccessSnapshot,
    endpoint: Guarded,
  ): Admitted | Promise<Admitted> {
    const { principal } = who;
    const held = heldAsker(principal, now);
    if (held.news !== null && who.refusal === null && principal.kind === 'entra') {
      const kept = keepNews(principal, held.news, request.ip);
      if (kept !== undefined) return kept.then((then) => signedIn(request, who, then, endpoint));
    }
    const { portalRole } = held.asker;
    const refusal = who.refusal ?? refusalOf(held, time);
    const recording = recordSignIn({
      identification: who,
      refusal,
      portalRole,
      address: () => request.ip,
    });
    return recording === undefined
      ? permitted(request, held, refusal, endpoint)
      : recording.then(() => permitted(request, held, refusal, endpoint));
  }

  async function slowly(
    request: FastifyRequest,
    endpoint: Guarded,
    credentials: Credentials,
    counted: boolean,
  ): Promise<Admitted> {
    const who = identifier.remembered(credentials) ?? (await identified(request, credentials));
    if (counted) await limits.countPerson(request, who.principal);
    if (endpoint.guard === 'identified') {
      // Kept for what is audited when it is refused.
      return (request.admitted = { principal: who.principal, asker: null });
    }
    return signedIn(request, who, await snapshot(), endpoint);
  }

  return (request, endpoint, counted) => {
    const { guard } = endpoint;
    if (guard === 'public') return nobody;
    const credentials = readCredentials(request);
    if (credentials === null) throw notSignedIn();
    if (credentials.kind !== 'bearer') requireSameOrigin(request, publicUrl);
    if (counted || guard === 'identified') return slowly(request, endpoint, credentials, counted);
    const who = identifier.remembered(credentials);
    const now = snapshot();
    return who === undefined || now instanceof Promise
      ? slowly(request, endpoint, credentials, counted)
      : signedIn(request, who, now, endpoint);
  };
}

/**
 * Throws the refusal, 403 without the permission, or the challenge of R19: nobody is asked to prove
 * anew who they are for what they may not do. The request keeps who it was, for the audit.
 */
function permitted(
  request: FastifyRequest,
  { asker, highestTargetRole }: HeldAsker,
  refusal: ProblemError | null,
  { guard, stepUp }: Guarded,
): Admitted {
  if (refusal !== null) throw refusal;
  request.admitted = { principal: asker.principal, asker };
  const held = { portalRole: asker.portalRole, highestTargetRole };
  if (guard in permissions && !allowedSomewhere(held, guard as Permission)) {
    const { label } = permissions[guard as Permission];
    throw forbidden(`Your role doesn’t allow this: ${label}.`, { permission: guard });
  }
  if (stepUp === true) requireStepUp(asker.principal, asker.snapshot);
  return request.admitted;
}
