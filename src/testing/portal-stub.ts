import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt, decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import {
  assertionType,
  enrolmentRequest,
  gatePaths,
  keyChange,
  type Bundle,
  type PublicKey,
} from '../contract/gate-protocol.ts';
import { gateReport, type GateEvent, type GateReport } from '../contract/gate-report.ts';
import { newSigner, sampleBundle, sampleGate, type BundleSigner } from './bundle-signer.ts';

/** A portal as a gate sees it, whose every answer a test can bend. */
export interface PortalStub {
  readonly origin: string;
  readonly token: string;
  signer: BundleSigner;
  /** What the bundle is to be; who waits is told at once. */
  setBundle(changes: Partial<Bundle>): void;
  /** Sent as the bundle instead, with this ETag. */
  rawBundle: { jws: string; tag: string } | null;
  /** Answered to every signed request. */
  refusal: { status: number; code: string; headers?: Record<string, string> } | null;
  /** Milliseconds that the stub's clock is ahead. */
  clockAhead: number;
  /** The keys of the gate: the last one announced counts as well. */
  keys: PublicKey[];
  readonly reports: GateReport[];
  /** Each taken once, in order. */
  readonly events: GateEvent[];
  /** Requests for the bundle: what each said it holds, and by which key. */
  readonly polls: { held: string | null; kid: string }[];
  /** Told of each report after it was stored, before it is answered: true leaves it unanswered. */
  beforeAnswer: (report: GateReport) => boolean;
  /** Calls of `on`, resolved when `condition` holds after a request. */
  until(condition: () => boolean): Promise<void>;
  close(): Promise<void>;
  listen(): Promise<void>;
}

export async function startPortalStub(port = 0): Promise<PortalStub> {
  const waiting = new Set<() => void>();
  const watchers = new Set<() => void>();
  let changes: Partial<Bundle> = {};
  let acknowledged = 0;
  let server: Server = createServer();
  let address = { port };

  const stub: PortalStub = {
    get origin() {
      return `http://127.0.0.1:${address.port}`;
    },
    token: 'one-time-token-of-the-stub',
    signer: await newSigner(),
    setBundle(next) {
      changes = { ...changes, ...next };
      wake();
    },
    rawBundle: null,
    refusal: null,
    clockAhead: 0,
    keys: [],
    reports: [],
    events: [],
    polls: [],
    beforeAnswer: () => false,
    async until(condition) {
      while (!condition()) await new Promise<void>((resolve) => watchers.add(resolve));
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
    async listen() {
      server = createServer((request, response) => {
        handle(request, response).catch((error: unknown) => {
          response.statusCode = 500;
          response.end(String(error));
        });
      });
      server.listen(address.port, '127.0.0.1');
      await once(server, 'listening');
      address = server.address() as AddressInfo;
    },
  };

  function wake(): void {
    for (const each of waiting) each();
    waiting.clear();
  }

  function noticed(): void {
    for (const each of watchers) each();
    watchers.clear();
  }

  const content = (): Bundle =>
    sampleBundle([stub.signer.publicKey], {
      iss: stub.origin,
      // Gates check the way to what is named here.
      entra: { loginUrl: stub.origin, graphUrl: `${stub.origin}/graph` },
      ...changes,
    });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    if (stub.clockAhead !== 0) {
      response.setHeader('date', new Date(Date.now() + stub.clockAhead).toUTCString());
    }
    if (request.url === gatePaths.keys) return json(response, { keys: [stub.signer.publicKey] });
    const refused = stub.refusal;
    if (refused !== null) return problem(response, refused.status, refused.code, refused.headers);
    if (request.url === gatePaths.enrolments) return enrol(response, body);
    const jws = request.headers.authorization?.split(' ')[1];
    if (jws === undefined) return problem(response, 401, 'gate_assertion_missing');
    const { kid } = decodeProtectedHeader(jws);
    const key = stub.keys.find((each) => each.kid === kid);
    if (key === undefined) return problem(response, 401, 'gate_unknown');
    try {
      await jwtVerify(jws, await importJWK(key, 'EdDSA'), {
        typ: assertionType,
        audience: stub.origin,
        currentDate: new Date(Date.now() + stub.clockAhead),
        maxTokenAge: 90,
        clockTolerance: 30,
      });
    } catch {
      return problem(response, 401, 'clock_off');
    }
    if (request.url === gatePaths.bundle) return bundle(request, response, key.kid);
    if (request.url === gatePaths.reports) return report(response, body);
    if (request.url === gatePaths.key) return change(response, body);
    return problem(response, 404, 'not_found');
  }

  async function enrol(response: ServerResponse, body: string): Promise<void> {
    const { token, publicKey } = enrolmentRequest.parse(JSON.parse(body));
    if (token !== stub.token) return problem(response, 403, 'enrolment_token_invalid');
    stub.keys = [publicKey];
    const { gateId, sensorId } = sampleGate;
    const names = { sensorName: 'ANT-B2-07', siteName: 'Antwerp' };
    const jws = stub.rawBundle?.jws ?? (await stub.signer.sign(content()));
    return json(response, { gateId, sensorId, ...names, bundle: jws }, 201);
  }

  async function bundle(
    request: IncomingMessage,
    response: ServerResponse,
    kid: string,
  ): Promise<void> {
    const held = request.headers['if-none-match'] ?? null;
    stub.polls.push({ held, kid });
    noticed();
    const tag = (): string => `"${stub.rawBundle?.tag ?? content().tag}"`;
    if (held === tag() && /wait=\d/u.test(String(request.headers['prefer'] ?? ''))) {
      await new Promise<void>((resolve) => {
        waiting.add(resolve);
        response.on('close', resolve);
      });
    }
    response.setHeader('etag', tag());
    if (held === tag()) {
      response.statusCode = 304;
      response.end();
      return;
    }
    response.setHeader('content-type', 'application/jose');
    response.end(stub.rawBundle?.jws ?? (await stub.signer.sign(content())));
  }

  function report(response: ServerResponse, body: string): void {
    const parsed = gateReport.parse(JSON.parse(body));
    for (const event of parsed.events) {
      if (event.sequence <= acknowledged) continue;
      stub.events.push(event);
      acknowledged = event.sequence;
    }
    stub.reports.push(parsed);
    noticed();
    if (stub.beforeAnswer(parsed)) response.destroy();
    else json(response, { acknowledged, now: new Date().toISOString() });
  }

  async function change(response: ServerResponse, body: string): Promise<void> {
    const { publicKey, proof } = keyChange.parse(JSON.parse(body));
    await jwtVerify(proof, await importJWK(publicKey, 'EdDSA'));
    if (decodeJwt(proof)['htm'] !== 'PUT') return problem(response, 400, 'proof_wrong');
    stub.keys.push(publicKey);
    response.statusCode = 204;
    response.end();
  }

  await stub.listen();
  return stub;
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function json(response: ServerResponse, value: unknown, status = 200): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(value));
}

function problem(
  response: ServerResponse,
  status: number,
  code: string,
  headers: Record<string, string> = {},
): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  json(response, { code, detail: `refused: ${code}` }, status);
}
