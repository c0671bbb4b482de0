import type { WebSignInFailure } from '../domain/web-sign-in.ts';
import { saidOf, wordsOf } from './web-said.ts';
import { nothingSaid, WebSignInError, type ProviderSaid } from './web-sign-in-error.ts';

/**
 * The code of an authorization response (RFC 6749, section 4.1.2; RFC 9207), once all that came with
 * it is as it has to be. `isIssuer` says whether an issuer is the one that was asked. Throws
 * WebSignInError.
 */
export function codeOf(
  callback: URL,
  expectedState: string,
  isIssuer: (issuer: string) => boolean,
): string {
  const { searchParams } = callback;
  const names = [...searchParams.keys()];
  if (new Set(names).size !== names.length) {
    throw wrong('response_incomplete', 'A parameter came back twice.');
  }
  if (searchParams.get('state') !== expectedState) {
    throw wrong('sign_in_unknown', 'The state isn’t the one that was sent.');
  }
  const issuer = searchParams.get('iss');
  if (issuer !== null && !isIssuer(issuer)) {
    throw wrong('provider_answer_invalid', 'The answer is of another provider.');
  }
  const code = searchParams.get('code') ?? '';
  const error = searchParams.get('error') ?? '';
  if ((code === '') === (error === '')) {
    const message = `${code === '' ? 'Neither' : 'Both'} a code and an error came back.`;
    throw wrong('response_incomplete', message);
  }
  if (error === '') return code;
  const said = saidOf(Object.fromEntries(searchParams));
  throw wrong('provider_refused', `The provider refused: ${wordsOf(said)}.`, said);
}

/** Anybody can write the address of a callback. */
function wrong(
  code: WebSignInFailure,
  message: string,
  said: ProviderSaid = nothingSaid,
): WebSignInError {
  return new WebSignInError(code, message, { said, byBrowser: true });
}
