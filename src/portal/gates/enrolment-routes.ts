import type { FastifyRequest } from 'fastify';
import { enrolmentRequest, gatePaths } from '../../contract/gate-protocol.ts';
import { createGateEnrolment, revokeGate } from '../../contract/gates.ts';
import { ProblemError } from '../../server/problem-error.ts';
import type { Routes } from '../http/serve.ts';
import { readAuthorization, requireBody, requireSignature } from './assertion.ts';
import type { BundleHub } from './bundle-hub.ts';
import { createEnrolment, type EnrolmentDependencies } from './create-enrolment.ts';
import { answer, parseBody } from './gate-guard.ts';
import type { GateRoutes } from './gate-call.ts';
import { isWellNamed } from './public-keys.ts';
import { redeemEnrolment } from './redeem-enrolment.ts';
import { revokeGateOf } from './revoke-gate.ts';

/** Administrators make tokens and revoke gates. */
export function gateAdminRoutes(deps: EnrolmentDependencies): Routes {
  return (serve) => {
    serve(createGateEnrolment, ({ params, body, asker, address }) =>
      createEnrolment({ ...params, ...body, asker, address }, deps),
    );
    serve(revokeGate, async ({ params, query, asker, address }) => {
      await revokeGateOf({ ...params, ...query, asker, address }, deps);
      deps.changed();
      return undefined;
    });
  };
}

export interface RedeemRouteDependencies extends EnrolmentDependencies {
  readonly hub: BundleHub;
  /** They count by address, and reject with 429. */
  readonly countOpen: (request: FastifyRequest) => Promise<void>;
  readonly countFailure: (request: FastifyRequest) => Promise<void>;
  readonly placeOf: (sensorId: string) => Promise<{ sensorName: string; siteName: string }>;
}

/** POST /gate/v1/enrolments: a gate comes into being, with a token and a proof that it has the key. */
export function redeemRoute(deps: RedeemRouteDependencies): GateRoutes {
  return (_serveGate, { app, requireOnce }) => {
    app.route({
      method: 'POST',
      url: gatePaths.enrolments,
      config: { guard: 'gate' },
      bodyLimit: 16 * 1024,
      onRequest: async (request) => {
        readAuthorization(request.headers.authorization);
        await deps.countOpen(request);
      },
      handler: async (request, reply) => {
        const assertion = readAuthorization(request.headers.authorization);
        const bytes = Buffer.isBuffer(request.body) ? request.body : null;
        requireBody(assertion, bytes);
        const body = enrolmentRequest.parse(parseBody(enrolmentRequest, bytes));
        const { publicKey } = body;
        requireField('/publicKey/kid', isWellNamed(publicKey), 'must be the key’s thumbprint');
        const own = assertion.kid === publicKey.kid && assertion.claims.iss === publicKey.kid;
        requireField('/publicKey', own, 'must be the key that signs the request');
        await requireSignature(assertion, publicKey);
        requireOnce(assertion, request);
        const enrolled = await redeemEnrolment(body, request.ip, deps).catch(
          async (error: unknown) => {
            if (error instanceof ProblemError) await deps.countFailure(request);
            throw error;
          },
        );
        deps.changed();
        const bundle = await deps.hub.bundleFor(enrolled.gateId);
        if (bundle === null) throw new Error('a gate was gone as soon as it was enrolled');
        const place = await deps.placeOf(enrolled.sensorId);
        return answer(reply.code(201), { ...enrolled, ...place, bundle: bundle.jws });
      },
    });
  };
}

function requireField(path: string, right: boolean, message: string): void {
  if (right) return;
  throw new ProblemError(400, 'invalid_request', 'One field isn’t right.', {
    errors: [{ path, message }],
  });
}
