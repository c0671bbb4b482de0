import { z } from 'zod';
import type { GroupMapping } from '../domain/group-mapping.ts';
import { roles } from '../domain/role.ts';
import { guid, line } from './text.ts';

export const role = z.enum(roles);

export const groupReference = z.object({
  id: guid,
  displayName: line(256).nullable(),
});

const groups = z
  .array(groupReference)
  .max(200, 'must name at most 200 groups')
  .superRefine((list, context) => {
    const seen = new Set<string>();
    list.forEach((group, index) => {
      if (seen.has(group.id)) {
        context.addIssue({ code: 'custom', path: [index, 'id'], message: 'is listed twice' });
      }
      seen.add(group.id);
    });
  });

/** Permissions management: groups for each role. */
export const groupMapping = z.strictObject({
  admin: groups,
  securityAnalyst: groups,
  readOnly: groups,
});

/** A mapping as it travels: lists of its own. */
export function mappingAnswer({
  admin,
  securityAnalyst,
  readOnly,
}: GroupMapping): z.input<typeof groupMapping> {
  return { admin: [...admin], securityAnalyst: [...securityAnalyst], readOnly: [...readOnly] };
}

export const mappedRole = z.object({ role, through: z.array(groupReference) });
