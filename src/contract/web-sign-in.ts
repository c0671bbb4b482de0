import { z } from 'zod';
import { webSignInFailures } from '../domain/web-sign-in.ts';
import { defineEndpoint } from './endpoint.ts';

/** Addresses of the sign-in by a web application. They stand in Entra: they stay. */
export const webSignInPaths = {
  /** The redirect URI, of the server. */
  callback: '/sign-in/callback',
  /** Entra calls it in a hidden frame when somebody signs out elsewhere. */
  frontChannelLogout: '/sign-in/front-channel-logout',
  /** The page, once a session is open: `?to=` says where to go on, `?window=` that it is a window of its own. */
  complete: '/sign-in/complete',
  /** The page, when it didn't work; the fragment says why, as `signInFailureFragment` reads it. */
  failed: '/sign-in/failed',
  /** The page, when an administrator of Entra has agreed for everybody. */
  consented: '/sign-in/consented',
} as const;

/** The channel on which a window of its own tells the page that it is done: `{ kind: 'signedIn' | 'verified' | 'failed' }`. */
export const webSignInChannel = 'gatehouse.webSignIn';

export const signInFailureFragment = z.object({
  code: z.enum(webSignInFailures),
  aadsts: z.coerce.number().int().positive().max(99_999_999).optional(),
  correlationId: z.guid().optional(),
  traceId: z.guid().optional(),
  at: z.iso.datetime().optional(),
  window: z.enum(['renewal', 'verification']).optional(),
});

/**
 * Begins a sign-in: answers the address to go to, and ties it to this browser by a cookie. Must be
 * sent by our own page.
 */
export const startSignIn = defineEndpoint({
  method: 'POST',
  path: '/sign-in',
  summary: 'Begin a sign-in by a web-application provider',
  guard: 'public',
  body: z.strictObject({
    providerId: z.string().max(100),
    /** A path of our page to go on to; anything else becomes `/`. */
    returnTo: z.string().max(2000),
    /** True: a window of its own, which closes when it is done. */
    window: z.boolean().default(false),
    /** True: let the person choose another account. */
    otherAccount: z.boolean().default(false),
    loginHint: z.string().max(320).optional(),
    /** Base64 of the claims that a challenge asked for (step-up). */
    claims: z.string().max(4000).optional(),
  }),
  response: z.object({ url: z.string() }),
});

/** Ends the session of the cookie. The page goes on to `url`, which signs out at Microsoft. */
export const signOut = defineEndpoint({
  method: 'POST',
  path: '/sign-out',
  summary: 'End the session of this browser',
  guard: 'public',
  response: z.object({ url: z.string().nullable() }),
});
