import { z } from 'zod';
import { targetKinds } from '../domain/target.ts';
import { deliveryStates } from '../domain/delivery.ts';
import { defineEndpoint } from './endpoint.ts';
import { role } from './group-mapping.ts';
import { guid, timestamp } from './text.ts';

const heldBy = z.object({ settingId: z.string(), settingName: z.string() });

export const siteSummary = z.object({
  id: z.string(),
  name: z.string(),
  subscriptionName: z.string(),
  zones: z.number().int(),
  sensors: z.number().int(),
  /** Sensors that an SSO setting reaches and whose software supports it. */
  sensorsWithSso: z.number().int(),
  /** The setting that the site itself has, shown to those who may see settings. */
  heldBy: heldBy.nullable(),
  /** The asker's highest role at the site. */
  role,
  /** May the asker choose this site as a target? */
  maySet: z.boolean(),
});

export const sensorSummary = z.object({
  id: z.string(),
  name: z.string(),
  type: z.string(),
  siteId: z.string(),
  siteName: z.string(),
  zoneId: z.string(),
  zoneName: z.string(),
  subscriptionName: z.string(),
  version: z.string(),
  /** Null: the version can't be read. */
  supportsSso: z.boolean().nullable(),
  health: z.string(),
  lastConnectedAt: timestamp.nullable(),
  threatIntelligenceVersion: z.string(),
  threatIntelligenceMode: z.string(),
  threatIntelligenceStatus: z.string(),
  /** The level at which an SSO setting reaches the sensor; null: SSO is off there. */
  ssoLevel: z.enum(targetKinds).nullable(),
  /** How far delivery to its gate has come (R14). */
  delivery: z.enum(deliveryStates),
  role,
});

export type SensorSummary = z.output<typeof sensorSummary>;
export type SiteSummary = z.output<typeof siteSummary>;

const zoneDetail = z.object({
  id: z.string(),
  name: z.string(),
  heldBy: heldBy.nullable(),
  role: role.nullable(),
  maySet: z.boolean(),
  sensors: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      version: z.string(),
      supportsSso: z.boolean().nullable(),
      health: z.string(),
      heldBy: heldBy.nullable(),
      ssoLevel: z.enum(targetKinds).nullable(),
      /** How far delivery to its gate has come (R14). */
      delivery: z.enum(deliveryStates),
      role,
      maySet: z.boolean(),
    }),
  ),
});

export const siteDetail = siteSummary.extend({ zoneList: z.array(zoneDetail) });
export type SiteDetail = z.output<typeof siteDetail>;

export const listSites = defineEndpoint({
  method: 'GET',
  path: '/sites',
  summary: 'Sites where the asker has a role',
  guard: 'inventory.view',
  response: z.object({ sites: z.array(siteSummary) }),
});

export const getSite = defineEndpoint({
  method: 'GET',
  path: '/sites/:siteId',
  summary: 'A site with its zones and sensors',
  guard: 'inventory.view',
  params: z.object({ siteId: guid }),
  response: siteDetail,
});

export const listSensors = defineEndpoint({
  method: 'GET',
  path: '/sensors',
  summary: 'Sensors where the asker has a role, by name',
  guard: 'inventory.view',
  query: z.strictObject({
    siteId: guid.optional(),
    zoneId: guid.optional(),
    /** Sensors whose effective setting it is; none to those who may not see it. */
    settingId: guid.optional(),
    /** Part of the sensor's name. */
    search: z.string().max(200).optional(),
    health: z.string().max(100).optional(),
    sso: z.enum(['on', 'off', 'unsupported']).optional(),
    delivery: z.enum(deliveryStates).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(200),
    /** `next` of the answer before. */
    after: z.string().max(600).optional(),
  }),
  response: z.object({
    sensors: z.array(sensorSummary),
    total: z.number().int(),
    next: z.string().nullable(),
  }),
});

export const getSensor = defineEndpoint({
  method: 'GET',
  path: '/sensors/:sensorId',
  summary: 'A sensor',
  guard: 'inventory.view',
  params: z.object({ sensorId: guid }),
  response: sensorSummary,
});
