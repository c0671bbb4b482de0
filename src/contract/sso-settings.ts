import { z } from 'zod';
import { targetKey, targetKinds } from '../domain/target.ts';
import { consoleRules, consoleRulesOrDefault } from './console-rules.ts';
import { defineEndpoint } from './endpoint.ts';
import { groupMapping, mappedRole } from './group-mapping.ts';
import { namedTarget, target } from './target.ts';
import { guid, line, paragraph, timestamp } from './text.ts';

const replacement = z.strictObject({ target, settingId: guid });

const targets = z
  .array(target)
  .min(1, 'choose at least one site, zone or sensor')
  .max(5000)
  .superRefine((list, context) => {
    const seen = new Set<string>();
    list.forEach((one, index) => {
      if (seen.has(targetKey(one))) {
        context.addIssue({ code: 'custom', path: [index], message: 'is listed twice' });
      }
      seen.add(targetKey(one));
    });
  });

/** What the wizard sends: Basics, Settings and Apply. */
export const ssoSettingInput = z.strictObject({
  subscriptionName: line(200),
  type: z.literal('singleSignOn'),
  name: line(120),
  description: paragraph(2000).default(''),
  /** Application name: the application's (client) ID. */
  clientId: guid,
  tenantId: guid,
  permissions: groupMapping,
  /** Rules by role, for consoles that know no roles. */
  consoleRules: consoleRulesOrDefault,
  targets,
  /** The outbound allow rules were read and confirmed. */
  allowRulesConfirmed: z.literal(true, 'confirm the outbound allow rules'),
  /** Why, for the history. */
  reason: paragraph(500).default(''),
});

export type SsoSettingInput = z.input<typeof ssoSettingInput>;

/** `replaces` must name exactly what is replaced (R4); `acknowledges` what could lock people out (R9). */
const ssoSettingWrite = ssoSettingInput.extend({
  replaces: z.array(replacement).max(5000).default([]),
  acknowledges: z.array(target).max(5000).default([]),
});

const person = z.object({ name: z.string(), objectId: z.string().nullable() });

export const ssoSetting = z.object({
  id: z.string(),
  revision: z.string(),
  version: z.number().int(),
  subscriptionName: z.string(),
  type: z.literal('singleSignOn'),
  name: z.string(),
  description: z.string(),
  clientId: z.string(),
  tenantId: z.string(),
  permissions: groupMapping,
  consoleRules,
  targets: z.array(namedTarget),
  /** Sensors whose effective setting this is. */
  sensors: z.number().int(),
  createdAt: timestamp,
  changedAt: timestamp,
  changedBy: person,
  /** May the asker change it: Admin at every target it has (R10)? */
  mayEdit: z.boolean(),
});

export type SsoSetting = z.output<typeof ssoSetting>;

export const ssoSettingVersion = z.object({
  version: z.number().int(),
  at: timestamp,
  by: person,
  reason: z.string(),
  change: z.enum(['created', 'changed', 'targetsTaken', 'deleted']),
  /** The setting as it was from then on. */
  name: z.string(),
  permissions: groupMapping,
  consoleRules,
  targets: z.array(namedTarget),
});

export const lockoutRisks = z.array(
  z.object({ target: namedTarget, reason: z.enum(['no_admin_group', 'own_admin_lost']) }),
);

/** Targets that a setting gives up, and what wins there then (R6). */
export const uncovered = z.array(
  z.object({
    target: namedTarget,
    /** The setting that is next in line; null: SSO will be off there, and only recovery is left. */
    next: z
      .object({ settingId: z.string(), settingName: z.string(), level: z.enum(targetKinds) })
      .nullable(),
  }),
);

/** What the Review step shows. */
export const ssoSettingReview = z.object({
  /** What it takes from other settings: shown with a warning icon. */
  replacements: z.array(
    z.object({ target: namedTarget, settingId: z.string(), settingName: z.string() }),
  ),
  lockoutRisks,
  uncovered,
  /** Sensors that it will be effective for. */
  sensors: z.number().int(),
  /** Among those, sensors whose software is too old for SSO. */
  sensorsUnsupported: z.number().int(),
  /** Zones and sensors below the chosen targets that keep a more specific setting. */
  exceptions: z.array(
    z.object({ target: namedTarget, settingId: z.string(), settingName: z.string() }),
  ),
});

export type SsoSettingReview = z.output<typeof ssoSettingReview>;

export const effectiveSettingAnswer = z.object({
  sensorId: z.string(),
  /** Null: no setting reaches the sensor, SSO is off there. */
  effective: z
    .object({
      settingId: z.string(),
      settingName: z.string(),
      version: z.number().int(),
      level: z.enum(targetKinds),
      target: namedTarget,
      clientId: z.string(),
      permissions: groupMapping,
      consoleRules,
    })
    .nullable(),
  /** What the winner shadows, next in line first. */
  shadows: z.array(
    z.object({
      settingId: z.string(),
      settingName: z.string(),
      level: z.enum(targetKinds),
      target: namedTarget,
    }),
  ),
  /** What it gives to the person asking. */
  yours: mappedRole.nullable(),
  supportsSso: z.boolean().nullable(),
});

/** Of a path to one setting. */
export const settingPath = z.object({ settingId: guid });

export const listSsoSettings = defineEndpoint({
  method: 'GET',
  path: '/sso-settings',
  summary: 'SSO settings at the targets that the asker may see',
  guard: 'ssoSetting.view',
  response: z.object({ settings: z.array(ssoSetting) }),
});

export const getSsoSetting = defineEndpoint({
  method: 'GET',
  path: '/sso-settings/:settingId',
  summary: 'An SSO setting',
  guard: 'ssoSetting.view',
  params: settingPath,
  response: ssoSetting,
  revision: 'answers',
});

export const listSsoSettingVersions = defineEndpoint({
  method: 'GET',
  path: '/sso-settings/:settingId/versions',
  summary: 'The versions of an SSO setting, newest first',
  guard: 'ssoSetting.view',
  params: settingPath,
  response: z.object({ versions: z.array(ssoSettingVersion) }),
});

export const reviewSsoSetting = defineEndpoint({
  method: 'POST',
  path: '/sso-settings/review',
  summary: 'What creating or changing an SSO setting would do',
  guard: 'ssoSetting.edit',
  body: ssoSettingInput.extend({ settingId: guid.nullable().default(null) }),
  response: ssoSettingReview,
});

export const createSsoSetting = defineEndpoint({
  method: 'POST',
  path: '/sso-settings',
  summary: 'Create an SSO setting',
  guard: 'ssoSetting.edit',
  stepUp: true,
  body: ssoSettingWrite,
  response: ssoSetting,
  revision: 'answers',
});

export const changeSsoSetting = defineEndpoint({
  method: 'PUT',
  path: '/sso-settings/:settingId',
  summary: 'Change an SSO setting',
  guard: 'ssoSetting.edit',
  stepUp: true,
  params: settingPath,
  body: ssoSettingWrite,
  response: ssoSetting,
  revision: 'requires',
});

export const getEffectiveSetting = defineEndpoint({
  method: 'GET',
  path: '/sensors/:sensorId/effective-setting',
  summary: 'The setting that wins at a sensor, at which level, and what it shadows',
  guard: 'ssoSetting.view',
  params: z.object({ sensorId: guid }),
  response: effectiveSettingAnswer,
});
