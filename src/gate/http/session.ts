import { z } from 'zod';

const person = z.object({
  tenantId: z.string(),
  objectId: z.string(),
  name: z.string(),
  userPrincipalName: z.string(),
});

/** Who somebody is at a gate. Identity is `tenantId` + `objectId` (R13). */
export type GatePerson = Readonly<z.output<typeof person>>;

/** As it is kept on disk: nothing in it opens a session. Times in milliseconds since 1970. */
export const storedSession = z.object({
  /** What the portal knows it by, and revokes it by. */
  id: z.string(),
  /** The hash of the cookie's secret. */
  key: z.string(),
  kind: z.enum(['entra', 'recovery']),
  /** Null in a recovery session. */
  person: person.nullable(),
  /** Every group that the person is in, as packed-groups.ts has it: mappings may change. */
  groups: z.string(),
  /** Tells one sign-in at Entra from the next; empty in a recovery session. */
  signInId: z.string(),
  openedAt: z.number(),
  lastUsedAt: z.number(),
});

export type GateSession = z.output<typeof storedSession>;

/** R17: how long a recovery session lasts. */
export const recoveryMinutes = 30;
