import { createHash, createPrivateKey, randomUUID, sign, type KeyObject } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import {
  assertionLifetime,
  assertionScheme,
  assertionType,
  enrolmentAnswer,
  gatePaths,
  type AssertionClaims,
  type Bundle,
  type PublicKey,
} from '../contract/gate-protocol.ts';
import { createGateEnrolment } from '../contract/gates.ts';
import { makeKeyPair } from '../portal/gates/public-keys.ts';
import type { Api } from './test-portal.ts';

/** A gate's key, as it has it on its disk. */
export interface GateKey {
  readonly publicKey: PublicKey;
  readonly privateKey: KeyObject;
}

export async function makeGateKey(): Promise<GateKey> {
  const { publicKey, privateKey } = await makeKeyPair();
  const der = Buffer.from(privateKey, 'base64');
  return { publicKey, privateKey: createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }) };
}

export interface AssertionWish {
  readonly key: GateKey;
  /** The gate's id; at enrolment the thumbprint of its key. */
  readonly issuer: string;
  readonly portalUrl: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: string;
  /** Claims and header fields that are to be other than right. */
  readonly claims?: Partial<Record<keyof AssertionClaims, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly now?: number;
}

/** A JWS in compact form, by which a gate proves itself for one request. */
export function assertion(wish: AssertionWish): string {
  const { key, issuer, portalUrl, method, path, body, now = Date.now() } = wish;
  const iat = Math.floor(now / 1000);
  const head = { alg: 'EdDSA', typ: assertionType, kid: key.publicKey.kid, ...wish.header };
  const claims = {
    iss: issuer,
    aud: portalUrl,
    iat,
    exp: iat + assertionLifetime,
    jti: randomUUID(),
    htm: method,
    htu: path,
    ...(body === undefined ? {} : { bh: sha256(body) }),
    ...wish.claims,
  };
  const input = `${encoded(head)}.${encoded(claims)}`;
  return `${input}.${sign(null, Buffer.from(input), key.privateKey).toString('base64url')}`;
}

export interface GateRequest extends Pick<AssertionWish, 'claims' | 'header' | 'now'> {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent in place of a fresh assertion. */
  readonly authorization?: string;
  readonly key?: GateKey;
}

export interface GateAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** Parsed, where it is JSON. */
  readonly body: unknown;
}

/** How a request reaches the portal. */
export type Send = (request: {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
}) => Promise<Omit<GateAnswer, 'body'>>;

/** A gate as far as the portal can tell: it signs and asks, and has no console behind it. */
export interface TestGate {
  readonly gateId: string;
  readonly sensorId: string;
  readonly key: GateKey;
  /** The bundle of its enrolment. */
  readonly first: Bundle;
  readonly ask: (request: GateRequest) => Promise<GateAnswer>;
  /** GET bundle; waits so many seconds where `held` is what it should have. */
  readonly bundle: (held?: string, wait?: number) => Promise<GateAnswer>;
}

/** Through Fastify, without a socket. */
export function sendTo(app: FastifyInstance): Send {
  return async ({ method, path, headers, body }) => {
    const request = { method, url: path, headers };
    const answer = await app.inject(body === undefined ? request : { ...request, payload: body });
    return { status: answer.statusCode, headers: answer.headers, text: answer.body };
  };
}

/** Over a socket. */
export function sendOver(origin: string): Send {
  return async ({ method, path, headers, body }) => {
    const init = { method, headers };
    const answer = await fetch(`${origin}${path}`, body === undefined ? init : { ...init, body });
    const text = await answer.text();
    return { status: answer.status, headers: Object.fromEntries(answer.headers), text };
  };
}

export interface TestGateOptions {
  readonly send: Send;
  readonly portalUrl: string;
}

/** Signs and sends one request. */
export async function askPortal(
  { send, portalUrl }: TestGateOptions,
  issuer: string,
  key: GateKey,
  request: GateRequest,
): Promise<GateAnswer> {
  const { method = 'GET', path, json, headers = {}, authorization, ...other } = request;
  const body = json === undefined ? undefined : JSON.stringify(json);
  const asserted = { issuer, portalUrl, method, path, ...(body === undefined ? {} : { body }) };
  const jws = assertion({ ...asserted, ...other, key: request.key ?? key });
  const answer = await send({
    method,
    path,
    headers: {
      authorization: authorization ?? `${assertionScheme} ${jws}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body,
  });
  const isJson = String(answer.headers['content-type']).includes('json');
  return { ...answer, body: isJson ? (JSON.parse(answer.text) as unknown) : null };
}

/** A gate that was enrolled before. */
export function testGate(
  options: TestGateOptions,
  { gateId, sensorId, key, first }: Pick<TestGate, 'gateId' | 'sensorId' | 'key' | 'first'>,
): TestGate {
  const ask: TestGate['ask'] = (request) => askPortal(options, gateId, key, request);
  return {
    gateId,
    sensorId,
    key,
    first,
    ask,
    bundle: (held, wait) =>
      ask({
        path: gatePaths.bundle,
        headers: {
          ...(held === undefined ? {} : { 'if-none-match': `"${held}"` }),
          ...(wait === undefined ? {} : { prefer: `wait=${wait}` }),
        },
      }),
  };
}

/** POST enrolments with a token; `key`: the new gate's. */
export function redeem(
  options: TestGateOptions,
  token: string,
  key: GateKey,
  changes: Partial<GateRequest> & { readonly fields?: Readonly<Record<string, unknown>> } = {},
): Promise<GateAnswer> {
  const { fields, ...request } = changes;
  return askPortal(options, key.publicKey.kid, key, {
    method: 'POST',
    path: gatePaths.enrolments,
    json: {
      token,
      publicKey: key.publicKey,
      software: '1.0.0',
      origin: 'https://sensor.example.com',
      ...fields,
    },
    ...request,
  });
}

/** What an administrator gets for "Enrol gate". */
export async function enrolmentToken(api: Api, sensorId: string, replaces: string | null = null) {
  const path = `/sensors/${sensorId}/gate/enrolment`;
  const { body } = await api('POST', path, { body: { replaces } });
  return createGateEnrolment.response.parse(body);
}

/** Enrols a gate for a sensor, all the way. */
export async function enrolGate(
  options: TestGateOptions,
  api: Api,
  sensorId: string,
  replaces: string | null = null,
): Promise<TestGate> {
  const { token } = await enrolmentToken(api, sensorId, replaces);
  const key = await makeGateKey();
  const { gateId, bundle } = enrolmentAnswer.parse((await redeem(options, token, key)).body);
  return testGate(options, { gateId, sensorId, key, first: bundleOf(bundle) });
}

/** What a bundle says; nothing is verified. */
export function bundleOf(jws: string): Bundle {
  return JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as Bundle;
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
