import { z } from 'zod';
import { deliveryStates } from '../domain/delivery.ts';
import { defineEndpoint } from './endpoint.ts';
import { gateOrigin } from './gate-address.ts';
import { checkResult } from './gate-report.ts';
import { guid, timestamp } from './text.ts';

const person = z.object({ name: z.string(), objectId: z.string().nullable() });
const params = z.object({ sensorId: guid });

export const deliveryStatus = z.object({
  state: z.enum(deliveryStates),
  /** When the state was reached, where that is known. */
  since: timestamp.nullable(),
  /** Why, in words, and a stable code; for `failed`, and wherever there is something to say. */
  reason: z.object({ code: z.string(), detail: z.string() }).nullable(),
});

export type DeliveryStatus = z.output<typeof deliveryStatus>;

/** An outbound rule that a site's firewall needs. */
const allowRule = z.object({
  purpose: z.string(),
  host: z.string(),
  port: z.number().int(),
  protocol: z.literal('TCP'),
});

/** The gate of a sensor, as it last said itself. */
export const gate = z.object({
  id: z.string(),
  keyFingerprint: z.string(),
  /** A rotation was begun, and the gate hasn't used its next key yet. */
  keyRotating: z.boolean(),
  origin: z.string(),
  software: z.string(),
  enrolledAt: timestamp,
  enrolledBy: person,
  lastSeenAt: timestamp.nullable(),
  appliedNumber: z.number().int().nullable(),
  appliedAt: timestamp.nullable(),
  bundleExpiresAt: timestamp.nullable(),
  /** Milliseconds that its clock is ahead. */
  clockOffset: z.number().int().nullable(),
  /** What goes wrong there and stops nobody, in words, with a stable code; null: nothing. */
  trouble: z.object({ code: z.string(), detail: z.string() }).nullable(),
  openSessions: z.number().int(),
  certificateExpiresAt: timestamp.nullable(),
  checks: z.array(checkResult),
  checkedAt: timestamp.nullable(),
  /** Rules to add for the checks that failed. */
  allowRules: z.array(allowRule),
});

export type Gate = z.output<typeof gate>;

export const getSensorGate = defineEndpoint({
  method: 'GET',
  path: '/sensors/:sensorId/gate',
  summary: 'The gate of a sensor, and how far delivery to it has come',
  guard: 'gate.view',
  params,
  response: z.object({
    delivery: deliveryStatus,
    gate: gate.nullable(),
    /** May the asker enrol and revoke here? */
    mayEnrol: z.boolean(),
  }),
});

export const createGateEnrolment = defineEndpoint({
  method: 'POST',
  path: '/sensors/:sensorId/gate/enrolment',
  summary: 'A one-time token with which a gate enrols for a sensor, good for 15 minutes',
  guard: 'gate.enrol',
  stepUp: true,
  params,
  body: z.strictObject({
    /** An enrolled gate is replaced by the new one: the asker has seen that (else 409). */
    replaces: guid.nullable().default(null),
    /** By which people will open the gate; null: to be said where the command is run. */
    origin: gateOrigin.nullable().default(null),
  }),
  response: z.object({
    /** Shown once: only its hash is kept. */
    token: z.string(),
    expiresAt: timestamp,
    portalUrl: z.string(),
    /** SHA-256 thumbprint of the portal's signing key. */
    fingerprint: z.string(),
    /** To be run on the sensor. */
    command: z.string(),
  }),
});

export const revokeGate = defineEndpoint({
  method: 'DELETE',
  path: '/sensors/:sensorId/gate',
  summary: 'Revoke the gate of a sensor: its key counts no more',
  guard: 'gate.enrol',
  stepUp: true,
  params,
  query: z.strictObject({
    /** The gate that is meant. */
    gateId: guid,
  }),
});

export const getDelivery = defineEndpoint({
  method: 'GET',
  path: '/delivery',
  summary: 'How many sensors are in which delivery state, of those where the asker has a role',
  guard: 'inventory.view',
  query: z.strictObject({
    settingId: guid.optional(),
    siteId: guid.optional(),
  }),
  response: z.object({
    total: z.number().int(),
    states: z.record(z.enum(deliveryStates), z.number().int()),
    /** The first few that failed, with the reason. */
    failures: z.array(
      z.object({ sensorId: z.string(), sensorName: z.string(), status: deliveryStatus }),
    ),
  }),
});

export type Delivery = z.output<(typeof getDelivery)['response']>;

/** The keys that the portal signs bundles with. */
const signingKey = z.object({
  fingerprint: z.string(),
  status: z.enum(['current', 'next']),
  createdAt: timestamp,
});

export const getGateKeys = defineEndpoint({
  method: 'GET',
  path: '/gate-keys',
  summary: 'The keys that bundles are signed with',
  guard: 'security.view',
  response: z.object({
    keys: z.array(signingKey),
    /** Live gates that don't trust the next key yet: they need a bundle first. */
    gatesToInform: z.number().int(),
  }),
});

export const rotateGateKey = defineEndpoint({
  method: 'POST',
  path: '/gate-keys',
  summary: 'Begin a rotation of the signing key, or finish it',
  guard: 'security.edit',
  stepUp: true,
  body: z.strictObject({
    step: z.enum(['announce', 'activate']),
    /** With `activate`: gates that don't know the next key must be enrolled again (else 409). */
    acknowledgesGates: z.number().int().min(0).default(0),
  }),
  response: z.object({ keys: z.array(signingKey) }),
});
