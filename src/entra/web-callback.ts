import { saidOf, wordsOf } from './web-said.ts';
import { WebSignInError } from './web-sign-in-error.ts';

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
    throw new WebSignInError('response_incomplete', 'A parameter came back twice.');
  }
  if (searchParams.get('state') !== expectedState) {
    throw new WebSignInError('sign_in_unknown', 'The state isn’t the one that was sent.');
  }
  const issuer = searchParams.get('iss');
  if (issuer !== null && !isIssuer(issuer)) {
    throw new WebSignInError('provider_answer_invalid', 'The answer is of another provider.');
  }
  const code = searchParams.get('code') ?? '';
  const error = searchParams.get('error') ?? '';
  if ((code === '') === (error === '')) {
    const message = `${code === '' ? 'Neither' : 'Both'} a code and an error came back.`;
    throw new WebSignInError('response_incomplete', message);
  }
  if (error === '') return code;
  const said = saidOf(Object.fromEntries(searchParams));
  throw new WebSignInError('provider_refused', `The provider refused: ${wordsOf(said)}.`, { said });
}
