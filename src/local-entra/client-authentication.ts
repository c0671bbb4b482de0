import { AadstsError } from './aadsts.ts';
import { isSpaOrigin } from './redirect-uris.ts';
import type { Application } from '../demo/directory.ts';
import type { Parameters } from './parameters.ts';
import type { Platform } from './redirect-uris.ts';

/** How a client presented itself at the token endpoint. */
export interface Credentials {
  clientId: string | undefined;
  secret: string | undefined;
}

/** client_secret_post, or client_secret_basic (RFC 6749, section 2.3.1). */
export function readCredentials(sent: Parameters, authorization: string | undefined): Credentials {
  const basic = /^Basic ([\w+/=-]+)$/i.exec(authorization ?? '')?.[1];
  if (basic === undefined) {
    return { clientId: sent.get('client_id'), secret: sent.get('client_secret') };
  }
  const pair = Buffer.from(basic, 'base64').toString();
  const colon = pair.indexOf(':');
  return {
    clientId: formDecoded(pair.slice(0, colon)),
    secret: formDecoded(pair.slice(colon + 1)),
  };
}

/** Undoes the form encoding of both halves; what isn't encoded so is taken as it stands. */
function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/**
 * Checks that the client may redeem a grant of this platform: a page only by a cross-origin request
 * and without a secret, a server only with its secret and without an origin.
 */
export function authenticateClient(
  application: Application,
  platform: Platform,
  { secret }: Credentials,
  origin: string | undefined,
): void {
  const { clientId } = application;
  if (platform === 'spa') {
    if (secret !== undefined) throw new AadstsError(700025);
    if (origin === undefined) throw new AadstsError(9002327);
    if (!isSpaOrigin(application, origin)) throw new AadstsError(9002326, { origin });
    return;
  }
  if (origin !== undefined) throw new AadstsError(9002326, { origin });
  if (secret === undefined) throw new AadstsError(7000218);
  if (secret === application.expiredSecret) throw new AadstsError(7000222, { clientId });
  if (secret !== application.secret) throw new AadstsError(7000215, { clientId });
}
