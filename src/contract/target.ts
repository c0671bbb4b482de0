import { z } from 'zod';
import { targetKinds } from '../domain/target.ts';
import { guid } from './text.ts';

export const target = z.strictObject({ kind: z.enum(targetKinds), id: guid });

/** A target as shown: with its name and where it stands. */
export const namedTarget = z.object({
  kind: z.enum(targetKinds),
  id: z.string(),
  name: z.string(),
  siteId: z.string(),
  siteName: z.string(),
  zoneName: z.string().nullable(),
});

export type NamedTarget = z.output<typeof namedTarget>;
