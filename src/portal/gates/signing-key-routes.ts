import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { gatePaths } from '../../contract/gate-protocol.ts';
import { getGateKeys, rotateGateKey } from '../../contract/gates.ts';
import { ProblemError } from '../../server/problem-error.ts';
import type { Asker } from '../http/asker.ts';
import { stillAllowed } from '../http/current-asker.ts';
import { actorOf } from '../http/principal.ts';
import type { Routes } from '../http/serve.ts';
import { takeWriteTurn } from '../storage/write-turn.ts';
import type { BundleSource, BundleView } from './bundle-source.ts';
import type { EnrolmentDependencies } from './create-enrolment.ts';
import type { GateRoutes } from './gate-call.ts';
import type { GateDirectory } from './gate-directory.ts';
import {
  activateNextKey,
  ensureSigningKeys,
  makeSigningKey,
  readSigningKeys,
  type SigningKey,
  type SigningKeyDependencies,
} from './signing-keys.ts';

export interface SigningKeyRouteDependencies extends EnrolmentDependencies {
  readonly source: Pick<BundleSource, 'compare' | 'fresh'>;
  readonly directory: GateDirectory;
}

/** Administrators see the portal's signing keys, and rotate them. */
export function signingKeyRoutes(deps: SigningKeyRouteDependencies): Routes {
  return (serve) => {
    serve(getGateKeys, async () => {
      const keys = await ensureSigningKeys(deps, deps.changed);
      const rotating = keys.some(({ status }) => status === 'next');
      return {
        keys: keys.map(shown),
        gatesToInform: rotating ? toInform(deps, await upToDate(deps)) : 0,
      };
    });
    serve(rotateGateKey, async ({ body, asker, address }) => ({
      keys: await rotate(body, asker, address, deps),
    }));
  };
}

/** GET /gate/v1/keys: whoever enrols a gate compares them with the fingerprint on the command line. */
export function publicKeysRoute(
  deps: SigningKeyDependencies & Pick<EnrolmentDependencies, 'changed'>,
  countOpen: (request: FastifyRequest) => Promise<void>,
): GateRoutes {
  return (_serveGate, { app }) => {
    app.get(gatePaths.keys, async (request, reply) => {
      await countOpen(request);
      const keys = await ensureSigningKeys(deps, deps.changed);
      return reply.send({ keys: keys.map(({ publicKey }) => publicKey) });
    });
  };
}

/** Gates that don't hold what they should now: so they needn't know the next key, which is in it. */
function toInform({ directory }: Pick<SigningKeyRouteDependencies, 'directory'>, view: BundleView) {
  let count = 0;
  for (const gate of directory.all()) {
    if (gate.appliedTag === null || gate.appliedTag !== view.tagOf(gate)) count += 1;
  }
  return count;
}

/** What gates should hold, whichever instance changed it: this one may not have heard yet. */
async function upToDate({ source }: Pick<SigningKeyRouteDependencies, 'source'>) {
  await source.compare();
  return source.fresh();
}

/**
 * Makes the next key and puts it into all bundles, or puts it in force. Throws 409: a rotation has
 * been begun, or wasn't, or gates don't know the next key that nobody has acknowledged.
 */
async function rotate(
  { step, acknowledgesGates }: z.output<typeof rotateGateKey.body>,
  asker: Asker,
  address: string,
  deps: SigningKeyRouteDependencies,
): Promise<ReturnType<typeof shown>[]> {
  const { database, appendAudit, bumpRevision, changed, secrets, now } = deps;
  await ensureSigningKeys(deps, changed);
  // Before the turn: reading it takes another connection, and all may be waiting for turns.
  const view = await upToDate(deps);
  const keys = await database.db.transaction(async (tx) => {
    const revisions = await takeWriteTurn(tx);
    await stillAllowed(tx, asker, revisions, 'security.edit');
    const before = await readSigningKeys(tx);
    const begun = before.some(({ status }) => status === 'next');
    if (step === 'announce') {
      if (begun) throw conflict('rotation_begun', 'The next key has been announced already.');
      await makeSigningKey(tx, 'next', secrets);
    } else {
      if (!begun) throw conflict('rotation_not_begun', 'Announce the next key first.');
      if (view.revision !== revisions.gates) throw changedMeanwhile();
      const uninformed = toInform(deps, view);
      if (uninformed > acknowledgesGates) throw notInformed(uninformed);
      await activateNextKey(tx, now());
    }
    await bumpRevision(tx, 'gates');
    const after = await readSigningKeys(tx);
    await appendAudit(tx, {
      actor: actorOf(asker.principal),
      address,
      action: step === 'announce' ? 'gateKey.announced' : 'gateKey.activated',
      outcome: 'succeeded',
      subject: 'Signing key of bundles',
      siteIds: [],
      before: before.map(named),
      after: after.map(named),
    });
    return after;
  });
  changed();
  return keys.map(shown);
}

function named({ id, status }: SigningKey) {
  return { fingerprint: id, status };
}

function shown({ id, status, createdAt }: SigningKey) {
  return {
    fingerprint: id,
    status: status === 'next' ? ('next' as const) : ('current' as const),
    createdAt: createdAt.toISOString(),
  };
}

function conflict(code: string, detail: string, details?: Record<string, unknown>): ProblemError {
  return new ProblemError(409, code, detail, details === undefined ? {} : { details });
}

/** The next key may be newer than what the gates were compared with. */
function changedMeanwhile(): ProblemError {
  return conflict('gates_changed', 'Gates were changed at the same moment. Try again.');
}

function notInformed(gates: number): ProblemError {
  const them = gates === 1 ? 'A gate doesn’t' : `${gates} gates don’t`;
  return conflict(
    'gates_not_informed',
    `${them} know the next key yet: they would have to be enrolled anew. Wait for them, or acknowledge them.`,
    { gates },
  );
}
