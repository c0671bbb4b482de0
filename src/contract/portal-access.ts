import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { groupMapping } from './group-mapping.ts';
import { timestamp } from './text.ts';

export const portalAccess = z.object({
  permissions: groupMapping,
  revision: z.string(),
  changedAt: timestamp.nullable(),
  changedBy: z.string().nullable(),
});

export type PortalAccess = z.output<typeof portalAccess>;

export const getPortalAccess = defineEndpoint({
  method: 'GET',
  path: '/portal-access',
  summary: 'Which groups have which role in the portal',
  guard: 'portalAccess.view',
  response: portalAccess,
  revision: 'answers',
});

export const putPortalAccess = defineEndpoint({
  method: 'PUT',
  path: '/portal-access',
  summary: 'Set which groups have which role in the portal',
  guard: 'portalAccess.edit',
  stepUp: true,
  body: z.strictObject({ permissions: groupMapping }),
  response: portalAccess,
  revision: 'requires',
});
