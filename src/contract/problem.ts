import { z } from 'zod';

/** One thing wrong with one field of the request. `path` is as in a JSON Pointer (RFC 6901). */
export const fieldError = z.object({
  path: z.string(),
  message: z.string(),
  code: z.string().optional(),
});

/**
 * A problem document (RFC 9457), with a `code` that stays. `reference` is the request's id, to
 * quote; `details` carries what the code's page needs, such as the current list on a conflict.
 */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  reference: z.string(),
  errors: z.array(fieldError).optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});

export type Problem = z.output<typeof problem>;
export type FieldError = z.output<typeof fieldError>;

export const problemMediaType = 'application/problem+json';
