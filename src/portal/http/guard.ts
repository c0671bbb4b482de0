import type { FastifyRequest } from 'fastify';
import type { Guard } from '../../contract/endpoint.ts';
import { allowedSomewhere, permissions } from '../../domain/permissions.ts';
import type { Role } from '../../domain/role.ts';
import type { AccessSnapshot } from '../storage/access-snapshot.ts';
import type { Asker } from './asker.ts';
import { heldAsker, type HeldAsker } from './asker-cache.ts';
import { notSignedIn, readCredentials } from './credentials.ts';
import type { Identification, Identify } from './identification.ts';
import { noRole } from './no-role.ts';
import type { Principal } from './principal.ts';
import { forbidden, ProblemError } from './problem-error.ts';
import type { RequestLimits } from './request-limits.ts';
import { requireSameOrigin } from './same-origin.ts';

/** How somebody's sign-in ended, to be recorded once for each sign-in. */
export interface SignInOutcome {
  readonly identification: Identification;
  readonly refusal: ProblemError | null;
  readonly portalRole: Role | null;
  /** Asked only when it is recorded: the socket takes its time to answer. */
  readonly address: () => string;
}

export interface GuardDependencies {
  readonly identify: Identify;
  readonly snapshot: () => AccessSnapshot | Promise<AccessSnapshot>;
  /** Undefined when it is recorded already. */
  readonly recordSignIn: (outcome: SignInOutcome) => Promise<void> | undefined;
  readonly limits: RequestLimits;
  readonly publicUrl: string;
}

/** Who was let in. `asker` is null for those whose roles weren't asked. */
export interface Admitted {
  readonly principal: Principal | null;
  readonly asker: Asker | null;
}

/** `counted` is false for what is answered from memory, and costs less than counting it. */
export type Admit = (request: FastifyRequest, guard: Guard, counted: boolean) => Promise<Admitted>;

const nobody: Admitted = { principal: null, asker: null };

/** Lets a request in, or throws the ProblemError that says why not. */
export function createGuard(dependencies: GuardDependencies): Admit {
  const { identify, limits, publicUrl } = dependencies;

  async function identified(request: FastifyRequest): Promise<Identification> {
    const credentials = readCredentials(request);
    if (credentials === null) throw notSignedIn();
    if (credentials.kind === 'recoveryCookie') requireSameOrigin(request, publicUrl);
    const remembered = identify(credentials);
    if (!(remembered instanceof Promise)) return remembered;
    // Only those who aren't known yet: a crowd behind one address doesn't slow its members down.
    remembered.catch(() => undefined);
    await limits.requireFewFailures(request);
    try {
      return await remembered;
    } catch (error) {
      if (error instanceof ProblemError && error.status === 401) await limits.countFailure(request);
      throw error;
    }
  }

  async function signedIn(request: FastifyRequest, who: Identification): Promise<HeldAsker> {
    const now = dependencies.snapshot();
    const snapshot = now instanceof Promise ? await now : now;
    const held = heldAsker(who.principal, snapshot);
    const { portalRole } = held.asker;
    const hasRole = portalRole !== null || held.highestTargetRole !== null;
    const refusal = who.refusal ?? (hasRole ? null : noRole(snapshot));
    const recording = dependencies.recordSignIn({
      identification: who,
      refusal,
      portalRole,
      address: () => request.ip,
    });
    if (recording !== undefined) await recording;
    if (refusal !== null) throw refusal;
    return held;
  }

  return async (request, guard, counted) => {
    if (guard === 'public') return nobody;
    const who = await identified(request);
    if (counted) await limits.countPerson(request, who.principal);
    if (guard === 'identified') return { principal: who.principal, asker: null };
    const { asker, highestTargetRole } = await signedIn(request, who);
    if (
      guard !== 'signedIn' &&
      !allowedSomewhere({ portalRole: asker.portalRole, highestTargetRole }, guard)
    ) {
      const { label } = permissions[guard];
      throw forbidden(`Your role doesn’t allow this: ${label}.`, { permission: guard });
    }
    return { principal: who.principal, asker };
  };
}
