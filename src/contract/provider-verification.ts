import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { timestamp } from './text.ts';

/** In the order in which they are made. `token` and `admin` are of an SPA, `credential` and `consent` of a web application. */
export const checkNames = [
  'response',
  'token',
  'credential',
  'tenant',
  'consent',
  'email',
  'profile',
  'person',
  'groups',
  'admin',
] as const;

export const verificationCheck = z.object({
  name: z.enum(checkNames),
  /** `skipped`: it doesn't apply, or one before it failed. */
  state: z.enum(['waiting', 'passed', 'failed', 'skipped']),
  /** What was found, and what to do where it failed. Empty while it waits. */
  detail: z.string(),
});

export type VerificationCheck = z.output<typeof verificationCheck>;

export const verification = z.object({
  id: z.string(),
  /** `running` until the provider's answer has been judged, or ten minutes have passed: then `abandoned`. */
  state: z.enum(['running', 'passed', 'failed', 'abandoned']),
  /** The credential that is tried; null for an SPA. */
  credentialId: z.string().nullable(),
  checks: z.array(verificationCheck),
  /** The AADSTS code of what the provider said, where it did. */
  aadsts: z.number().int().nullable(),
  correlationId: z.string().nullable(),
  startedAt: timestamp,
  startedBy: z.string(),
  finishedAt: timestamp.nullable(),
});

export type Verification = z.output<typeof verification>;

const providerId = z.object({ providerId: z.string().max(100) });

/** Begins the real sign-in of a web application. The page opens the address in a window. */
export const startVerification = defineEndpoint({
  method: 'POST',
  path: '/providers/:providerId/verification',
  summary: 'Verify Integration: begin a real sign-in that tries what was entered',
  guard: 'provider.edit',
  stepUp: true,
  params: providerId,
  /** Absent: the current credential, or the only one. */
  body: z.strictObject({ credentialId: z.string().max(100).optional() }),
  response: z.object({ verification, url: z.string() }),
});

/** The latest verification; the page asks while it runs. */
export const getVerification = defineEndpoint({
  method: 'GET',
  path: '/providers/:providerId/verification',
  summary: 'The latest verification of a provider, check by check',
  guard: 'provider.view',
  params: providerId,
  response: z.object({ verification: verification.nullable() }),
});

/** The access token is of the person who tried; it is checked against the draft and dropped. */
export const trySpaProvider = defineEndpoint({
  method: 'POST',
  path: '/providers/:providerId/trial',
  summary: 'Verify a single-page application with the tokens of a real sign-in, and activate it',
  guard: 'provider.edit',
  stepUp: true,
  params: providerId,
  body: z.strictObject({
    /** Revision of the provider that was tried: another draft isn’t activated by it. */
    revision: z.string().max(100),
    accessToken: z.string().min(1).max(32_768),
    graphAccessToken: z.string().min(1).max(32_768).optional(),
  }),
  response: z.object({ verification }),
});
