import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { timestamp } from './text.ts';

/** R17: the link is good once and for 15 minutes, the session it opens for 30 minutes. */
export const openRecoverySession = defineEndpoint({
  method: 'POST',
  path: '/recovery-session',
  summary: 'Open a recovery session with the token of a recovery link',
  guard: 'public',
  body: z.strictObject({ token: z.string().min(1).max(200) }),
  response: z.object({ endsAt: timestamp }),
});

export const closeRecoverySession = defineEndpoint({
  method: 'DELETE',
  path: '/recovery-session',
  summary: 'End the recovery session',
  guard: 'identified',
});
