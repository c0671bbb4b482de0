import { z } from 'zod';

/**
 * What PostgreSQL can store: neither U+0000 nor half a pair of UTF-16. The sign that stands in their
 * place is in nobody's address and in no id, so that nothing becomes equal to anything by it.
 */
function storable(value: string): string {
  return value.replaceAll('\0', '\uFFFD').replaceAll(/\p{Surrogate}/gu, '\uFFFD');
}

const text = z.string().max(2000).transform(storable);
const optionalText = text.nullish().transform((value) => value ?? null);

/** The claims of a version 2 access token that are read, as far as their form goes. */
export const tokenClaims = z.object({
  iss: text,
  aud: text,
  exp: z.number(),
  iat: z.number().optional(),
  nbf: z.number().optional(),
  tid: text.optional(),
  oid: text.optional(),
  ver: text.optional(),
  azp: text.optional(),
  scp: text.optional(),
  idtyp: text.optional(),
  name: optionalText,
  given_name: optionalText,
  family_name: optionalText,
  upn: optionalText,
  email: optionalText,
  xms_edov: z.union([z.boolean(), z.number(), z.string().max(10)]).nullish(),
  acrs: z.union([z.array(text).max(100), text]).nullish(),
  login_hint: optionalText,
  acct: z.union([z.number(), z.string()]).optional(),
  auth_time: z.number().optional(),
  sid: optionalText,
  uti: optionalText,
  groups: z.array(z.string().max(200).transform(storable)).max(1000).optional(),
  hasgroups: z.union([z.boolean(), z.string()]).optional(),
  _claim_names: z.record(z.string(), z.unknown()).optional(),
});

export type TokenClaims = z.output<typeof tokenClaims>;
