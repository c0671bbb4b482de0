import { z } from 'zod';
import { targetKinds } from '../domain/target.ts';
import { consoleRules } from './console-rules.ts';
import { gateOrigin } from './gate-address.ts';
import { groupMapping } from './group-mapping.ts';
import { guid } from './text.ts';

/** Where gates talk to their portal. */
export const gateRoot = '/gate/v1';

export const gatePaths = {
  /** GET, public: the portal's signing keys, to be compared with the pinned fingerprint. */
  keys: `${gateRoot}/keys`,
  /** POST, with a one-time token: a gate comes into being. */
  enrolments: `${gateRoot}/enrolments`,
  /** GET, conditional, held open with `Prefer: wait=seconds` (RFC 7240, section 4.3). */
  bundle: `${gateRoot}/bundle`,
  /** POST: what the gate applied or couldn't, its checks, and what happened at it. */
  reports: `${gateRoot}/reports`,
  /** PUT: the gate's next key, vouched for by both. */
  key: `${gateRoot}/key`,
} as const;

/** The media type of a bundle: a JWS in compact form (RFC 7515). */
export const bundleMediaType = 'application/jose';

/** The most seconds that a portal holds a conditional request open. */
export const longestWait = 55;

/** An Ed25519 public key as a JWK (RFC 8037). `kid` is its SHA-256 thumbprint (RFC 7638). */
export const publicKey = z.strictObject({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().regex(/^[A-Za-z0-9_-]{43}$/u),
  kid: z.string().regex(/^[A-Za-z0-9_-]{43}$/u),
});

export type PublicKey = z.output<typeof publicKey>;

/**
 * What a gate signs to prove possession of its key, for one request (in the manner of DPoP,
 * RFC 9449): header `alg: EdDSA`, `typ: gatehouse-gate+jwt`, `kid`; sent as
 * `Authorization: GatehouseGate <JWS>`. Good for a minute, and once.
 */
export const assertionClaims = z.strictObject({
  /** The gate's id; at enrolment, the thumbprint of its key. */
  iss: z.string().min(1).max(100),
  /** Origin of the portal as the gate knows it. */
  aud: z.string().max(300),
  iat: z.number().int(),
  exp: z.number().int(),
  jti: z.string().min(16).max(100),
  htm: z.enum(['GET', 'POST', 'PUT']),
  /** Path of the request. */
  htu: z.string().max(200),
  /** SHA-256 of the body, base64url; absent without one. */
  bh: z.string().length(43).optional(),
});

export type AssertionClaims = z.output<typeof assertionClaims>;

export const assertionScheme = 'GatehouseGate';
export const assertionType = 'gatehouse-gate+jwt';
/** Seconds. */
export const assertionLifetime = 60;
export const bundleType = 'gatehouse-bundle+jwt';

/** What a gate says that it holds: printable, as in an `ETag`, so that it can be stored with those of all others. */
export const heldTag = z.string().regex(/^[\x21\x23-\x7e]{1,100}$/u);

const revocation = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('session'), sessionId: z.string() }),
  z.object({
    kind: z.literal('person'),
    tenantId: z.string(),
    objectId: z.string(),
    until: z.number(),
  }),
]);

/** Everything a gate needs to know, signed by its portal. */
export const bundle = z.object({
  /** The portal's origin. */
  iss: z.string(),
  /** The gate's id. */
  aud: z.string(),
  /** The sensor's id. */
  sub: z.string(),
  iat: z.number().int(),
  exp: z.number().int(),
  /** Rises with every change; a gate never goes back. */
  number: z.number().int().min(0),
  /** Names the content: the same as long as nothing in it changes. What `ETag` carries. */
  tag: z.string().min(1).max(100),
  sensor: z.object({
    id: z.string(),
    name: z.string(),
    siteName: z.string(),
    zoneName: z.string(),
    subscriptionName: z.string(),
    version: z.string(),
  }),
  /** Null: SSO is off at this sensor. */
  setting: z
    .object({
      id: z.string(),
      name: z.string(),
      version: z.number().int(),
      level: z.enum(targetKinds),
      tenantId: guid,
      /** Also the API that access tokens are for. */
      clientId: guid,
      permissions: groupMapping,
      consoleRules,
    })
    .nullable(),
  /** Origin of the sign-in pages; Graph's address, which may have a path. */
  entra: z.object({ loginUrl: z.string(), graphUrl: z.string() }),
  sessions: z.object({ idleMinutes: z.number().int(), totalMinutes: z.number().int() }),
  revocations: z.array(revocation).max(10_000),
  /** The keys whose signatures count from now on: the current one, and the next while it rolls. */
  portalKeys: z.array(publicKey).min(1).max(5),
});

export type Bundle = z.output<typeof bundle>;

export const enrolmentRequest = z.strictObject({
  token: z.string().min(20).max(200),
  publicKey,
  /** Version of the gate's software. */
  software: z.string().max(50),
  /** Where people open the console through this gate. */
  origin: gateOrigin,
});

export const enrolmentAnswer = z.object({
  gateId: z.string(),
  sensorId: z.string(),
  sensorName: z.string(),
  siteName: z.string(),
  /** The first bundle. */
  bundle: z.string(),
});

export const keysAnswer = z.object({ keys: z.array(publicKey).min(1).max(5) });

/** Sent with PUT key: a compact JWS by the next key over the same claims as an assertion. */
export const keyChange = z.strictObject({ publicKey, proof: z.string().max(2000) });
