import { AadstsError } from './aadsts.ts';
import { assertedClientId, checkAssertion } from './client-assertion.ts';
import { isSpaOrigin } from './redirect-uris.ts';
import type { Application } from '../demo/directory-types.ts';
import type { AssertionCheck } from './client-assertion.ts';
import type { Parameters } from './parameters.ts';
import type { Platform } from './redirect-uris.ts';

/** How a client presented itself at the token endpoint. */
export interface Credentials {
  clientId: string | undefined;
  secret: string | undefined;
  /** A JWT that the client signed with its certificate's key. */
  assertion?: string;
}

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** client_secret_post, client_secret_basic (RFC 6749, section 2.3.1) or private_key_jwt (RFC 7523). */
export function readCredentials(sent: Parameters, authorization: string | undefined): Credentials {
  const basic = /^Basic ([\w+/=-]+)$/i.exec(authorization ?? '')?.[1];
  const assertion = sent.get('client_assertion');
  if (assertion !== undefined && sent.get('client_assertion_type') === assertionType) {
    const clientId = sent.get('client_id') ?? assertedClientId(assertion);
    return { clientId, secret: undefined, assertion };
  }
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
 * and without a secret, a server only with a secret or an assertion, and without an origin. Returns
 * how it proved itself, as tokens say it (`azpacr`): 0 not at all, 1 by a secret, 2 by a certificate.
 */
export async function authenticateClient(
  application: Application,
  platform: Platform,
  { secret, assertion }: Credentials,
  origin: string | undefined,
  check: AssertionCheck,
): Promise<'0' | '1' | '2'> {
  if (platform === 'spa') {
    if (secret !== undefined || assertion !== undefined) throw new AadstsError(700025);
    if (origin === undefined) throw new AadstsError(9002327);
    if (!isSpaOrigin(application, origin)) throw new AadstsError(9002326, { origin });
    return '0';
  }
  if (origin !== undefined) throw new AadstsError(9002326, { origin });
  if (assertion !== undefined) {
    await checkAssertion(application, assertion, check);
    return '2';
  }
  checkSecret(application, secret, check.now);
  return '1';
}

/** A secret's id in its value's place counts as a wrong value, as in Entra. */
function checkSecret(
  { clientId, secrets }: Application,
  secret: string | undefined,
  now: number,
): void {
  if (secret === undefined) throw new AadstsError(7000218);
  const found = secrets.find(({ value }) => value === secret);
  if (found === undefined) throw new AadstsError(7000215, { clientId });
  const { expiresAt } = found;
  if (expiresAt !== undefined && Date.parse(expiresAt) <= now) {
    throw new AadstsError(7000222, { clientId });
  }
}
