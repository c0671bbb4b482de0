import Fastify from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { gatePaths } from '../../contract/gate-protocol.ts';
import { ProblemError } from '../../server/problem-error.ts';
import { createBundleHub } from './bundle-hub.ts';
import { bundleRoute } from './bundle-route.ts';
import type { BundleSource, BundleView } from './bundle-source.ts';
import type { Gate } from './gate.ts';
import type { ServeGate } from './gate-call.ts';
import { createGateDirectory } from './gate-directory.ts';

const now = () => new Date();
const gate: Gate = {
  id: 'gate',
  sensorId: 'sensor',
  publicKey: { kty: 'OKP', crv: 'Ed25519', x: '', kid: 'key' },
  nextPublicKey: null,
  lastSeenAt: null,
  appliedTag: 'held',
  appliedNumber: 1,
  appliedAt: null,
  failure: null,
  failedAt: null,
};
const view: BundleView = {
  number: 1,
  revision: 1,
  signingKeys: [],
  policy: { idleMinutes: 30, totalMinutes: 480, bundleDays: 7 },
  tagOf: () => 'held',
  contentOf: () => null,
};
const source: BundleSource = {
  current: () => view,
  fresh: async () => view,
  known: async () => undefined,
  last: () => view,
  changed: () => undefined,
  compare: async () => undefined,
  close: () => undefined,
};
const directory = createGateDirectory(now, () => undefined);
const signer = { sign: () => '' };
const hub = createBundleHub({ source: () => source, directory, signer, now });
const app = Fastify();
/** The guard took its assertion, when the gate was still there. */
const serveGate: ServeGate = ({ method, url }, handler) => {
  app.route({
    method,
    url,
    handler: (request, reply) => handler({ gate, body: undefined as never, request, reply }),
  });
};

afterAll(async () => {
  hub.close();
  await app.close();
});

describe('a gate that is revoked between its assertion and its wait', () => {
  it('is told so, and doesn’t wait for what has happened', async () => {
    bundleRoute({ hub, source, directory })(serveGate, { app, requireOnce: () => undefined });
    app.setErrorHandler((error, _request, reply) =>
      reply.code(error instanceof ProblemError ? error.status : 500).send(error),
    );
    const answer = await app.inject({
      url: gatePaths.bundle,
      headers: { 'if-none-match': '"held"', prefer: 'wait=1' },
    });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([
      401,
      'gate_revoked',
    ]);
  });
});
