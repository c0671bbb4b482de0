import { z } from 'zod';
import { AnswerTooLarge, readText } from './fetch-json.ts';
import { saidOf, wordsOf } from './web-said.ts';
import { WebSignInError } from './web-sign-in-error.ts';

/** What a token endpoint answers with (OpenID Connect Core, section 3.1.3.3). Entra always says the scopes. */
const tokenAnswer = z.object({
  access_token: z.string().min(1),
  token_type: z.string().regex(/^bearer$/iu),
  id_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  scope: z.string().optional(),
});

export type TokenAnswer = z.output<typeof tokenAnswer>;

const maxBytes = 1_000_000;

/** Sends a request to the token endpoint, and judges what comes back. Throws WebSignInError. */
export async function askForTokens(url: string, request: RequestInit): Promise<TokenAnswer> {
  const { status, text } = await ask(url, request);
  if (status >= 300 && status < 400) {
    // Followed, it would take the credential elsewhere.
    throw invalid('The token endpoint redirects.');
  }
  const body = readObject(text);
  if (status >= 500 || status === 429) {
    const said = saidOf(body ?? {});
    throw new WebSignInError('provider_unreachable', `It answers with status ${status}.`, { said });
  }
  if (body === undefined) throw invalid(`Status ${status} came without a JSON object.`);
  if (status !== 200) throw refusalOf(status, body);
  const { success, data, error } = tokenAnswer.safeParse(body);
  if (success) return data;
  throw invalid(
    `Of the token answer, wrong: ${error.issues.map(({ path }) => path[0]).join(', ')}.`,
  );
}

async function ask(url: string, request: RequestInit): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(url, { ...request, redirect: 'manual' });
    return { status: response.status, text: await readText(response, maxBytes) };
  } catch (cause) {
    if (cause instanceof AnswerTooLarge) throw invalid(cause.message);
    throw new WebSignInError('provider_unreachable', 'The token endpoint doesn’t answer.', {
      cause,
    });
  }
}

function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const object = typeof value === 'object' && value !== null && !Array.isArray(value);
    return object ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function invalid(message: string): WebSignInError {
  return new WebSignInError('provider_answer_invalid', message);
}

/** The client assertion isn't valid now: Entra allows five minutes either way. */
const assertionOutOfTime = 700024;

/** Of a secret or a certificate, whatever the name of the error: wrong, expired, missing, unknown. */
const ofCredential: ReadonlySet<number | null> = new Set([
  50012, 50027, 700021, 700023, 700025, 700027, 1000502, 5002723, 5002738, 7000215, 7000216,
  7000218, 7000222,
]);

/** Entra vouches for the person no more, or not without them. */
const endings: ReadonlySet<string | null> = new Set([
  'invalid_grant',
  'interaction_required',
  'login_required',
  'consent_required',
  'unauthorized_client',
]);

function refusalOf(status: number, body: Readonly<Record<string, unknown>>): WebSignInError {
  const said = saidOf(body);
  if (said.error === null) return invalid(`Status ${status} came without an error’s name.`);
  const message = `The token endpoint refused: ${wordsOf(said)}.`;
  if (said.aadsts === assertionOutOfTime) return new WebSignInError('clock_off', message, { said });
  if (said.error === 'invalid_client' || ofCredential.has(said.aadsts)) {
    return new WebSignInError('credential_refused', message, { said });
  }
  return new WebSignInError('provider_refused', message, { said, ended: endings.has(said.error) });
}
