import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clientIds, demoDirectory, personIds } from '../demo/directory.ts';
import { defaultRedirectUri, requestTokens, visit } from '../testing/entra-sign-in.ts';
import type { Visitor } from '../testing/entra-sign-in.ts';
import { startLocalEntra } from './app.ts';
import type { LocalEntra } from './app.ts';

const clientId = clientIds.portal;
const page = 'http://localhost:8080';
const bram = { oid: personIds.bram, clientId };

let entra: LocalEntra;
let visitor: Visitor;
let elapsed = 0;

beforeAll(async () => {
  const clock = (): number => Date.now() + elapsed;
  entra = await startLocalEntra({ port: 0, directory: demoDirectory(), clock });
});
beforeEach(() => {
  elapsed = 0;
  visitor = visit(entra);
});
afterAll(() => entra.close());

describe('the token endpoint refuses', () => {
  const codeForm = async (): Promise<Record<string, string>> => {
    const { answer, verifier } = await visitor.authorize(bram);
    return {
      client_id: clientId,
      grant_type: 'authorization_code',
      code: answer?.get('code') ?? '',
      redirect_uri: defaultRedirectUri,
      code_verifier: verifier,
    };
  };
  const refusal = async (form: Record<string, string>, origin: string | undefined = page) => {
    const response = await requestTokens(entra, origin, form);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    return { status: response.status, ...((await response.json()) as object) };
  };

  it('a page’s code without an origin, and from a foreign one', async () => {
    const form = await codeForm();
    const response = await requestTokens(entra, undefined, form);
    expect(await response.json()).toMatchObject({
      error: 'invalid_request',
      error_codes: [9002327],
      error_description: expect.stringMatching(/^AADSTS9002327: .*Correlation ID: .*Timestamp: /),
      trace_id: expect.any(String),
      correlation_id: expect.any(String),
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/),
    });
    expect(await refusal(await codeForm(), 'https://evil.example')).toMatchObject({
      error_codes: [9002326],
    });
  });

  it('a code the second time, too late, and one that isn’t one', async () => {
    const form = await codeForm();
    // Who can't prove to be the client uses up no code of its.
    expect(await refusal(form, 'https://evil.example')).toMatchObject({ error_codes: [9002326] });
    expect((await requestTokens(entra, page, form)).status).toBe(200);
    expect(await refusal(form)).toMatchObject({ error: 'invalid_grant', error_codes: [54005] });
    const late = await codeForm();
    elapsed = 11 * 60_000;
    expect(await refusal(late)).toMatchObject({ error_codes: [70008] });
    expect(await refusal({ ...late, code: 'x' })).toMatchObject({ error_codes: [70000] });
  });

  it.each([
    ['wrong verifier', { code_verifier: 'v'.repeat(43) }, 501481],
    ['no verifier', { code_verifier: '' }, 501481],
    ['another redirect URI', { redirect_uri: 'http://localhost:8080/other' }, 500112],
    ['a secret', { client_secret: 's' }, 700025],
    ['another client', { client_id: clientIds.plantSensors }, 70000],
    ['unknown client', { client_id: 'x' }, 700016],
    ['unknown grant type', { grant_type: 'password' }, 70003],
    ['no grant type', { grant_type: '' }, 900144],
    [
      'two resources',
      { scope: `api://${clientId}/access_as_user https://graph.microsoft.com/User.Read` },
      28000,
    ],
  ])('%s', async (_, changes, number) => {
    const form = { ...(await codeForm()), ...changes };
    expect(await refusal(form)).toMatchObject({ error_codes: [number] });
  });
});
