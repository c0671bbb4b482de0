import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { lockoutRisks, settingPath, uncovered } from './sso-settings.ts';
import { paragraph } from './text.ts';

/** What deleting a setting would do. */
export const ssoSettingDeletion = z.object({
  revision: z.string(),
  uncovered,
  lockoutRisks,
  /** Sensors where SSO will be off. */
  sensorsWithoutSso: z.number().int(),
  /** To be sent with the deletion: says that exactly these lockout risks were seen (R9). Null: there are none. */
  acknowledgement: z.string().nullable(),
});

export type SsoSettingDeletion = z.output<typeof ssoSettingDeletion>;

export const reviewSsoSettingDeletion = defineEndpoint({
  method: 'GET',
  path: '/sso-settings/:settingId/deletion',
  summary: 'What deleting an SSO setting would do',
  guard: 'ssoSetting.edit',
  params: settingPath,
  response: ssoSettingDeletion,
  revision: 'answers',
});

/**
 * Where it could lock people out, `acknowledges` must be the acknowledgement that the review of the
 * deletion gave; else 409 `lockout` with the list and the acknowledgement in `details` (R9).
 */
export const deleteSsoSetting = defineEndpoint({
  method: 'DELETE',
  path: '/sso-settings/:settingId',
  summary: 'Delete an SSO setting',
  guard: 'ssoSetting.edit',
  stepUp: true,
  params: settingPath,
  query: z.strictObject({
    acknowledges: z.string().max(100).optional(),
    /** Why, for the history. */
    reason: paragraph(500).optional(),
  }),
  revision: 'requires',
});
