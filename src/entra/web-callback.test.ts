import { describe, expect, it } from 'vitest';
import {
  attempt,
  type Misbehaviour,
  useMisbehavingProvider,
} from '../testing/misbehaving-provider.ts';
import { tenantId } from '../testing/token-issuer.ts';

const provider = await useMisbehavingProvider();

const other = '0a1b2c3d-0000-4000-8000-0000000000ff';
const traceId = '5d1f7a0e-0000-4000-8000-000000000001';
const correlationId = '5d1f7a0e-0000-4000-8000-000000000002';

describe('an authorization response', () => {
  it.each<[string, string, Misbehaviour['callback']]>([
    ['another state', 'sign_in_unknown', (sent) => sent.set('state', 'another')],
    ['no state', 'sign_in_unknown', (sent) => sent.delete('state')],
    ['its state twice', 'response_incomplete', (sent) => sent.append('state', attempt.state)],
    ['its code twice', 'response_incomplete', (sent) => sent.append('code', 'another')],
    ['neither code nor error', 'response_incomplete', (sent) => sent.delete('code')],
    ['an empty code', 'response_incomplete', (sent) => sent.set('code', '')],
    ['both code and error', 'response_incomplete', (sent) => sent.append('error', 'x')],
    [
      'the issuer of another provider',
      'provider_answer_invalid',
      (sent) => sent.set('iss', `${provider.loginUrl}/${other}/v2.0`),
    ],
    [
      'the issuer of a server that we never asked',
      'provider_answer_invalid',
      (sent) => sent.set('iss', 'https://login.example.com/v2.0'),
    ],
  ])('with %s is refused as %s, and its code is not sent', async (_, code, callback) => {
    const before = provider.forms.length;
    const how = callback === undefined ? {} : { callback };
    expect(await provider.refusal(how)).toMatchObject({ code, ended: false, byBrowser: true });
    expect(provider.forms).toHaveLength(before);
  });

  it('with its own issuer is accepted', async () => {
    const issuer = `${provider.loginUrl}/${tenantId}/v2.0`;
    provider.misbehave({ callback: (sent) => sent.set('iss', issuer) });
    await expect(provider.signIn()).resolves.toBeDefined();
    const client = provider.clientOf({ tenantId: null });
    await expect(provider.signIn(client)).resolves.toBeDefined();
    const callback = (sent: URLSearchParams) => sent.set('iss', 'https://login.example.com/v2.0');
    const error = await provider.refusal({ callback }, client);
    expect(error).toMatchObject({ code: 'provider_answer_invalid' });
  });

  it('with an error tells its number and ids, and none of its words', async () => {
    const callback = (sent: URLSearchParams) => {
      sent.delete('code');
      sent.set('error', 'access_denied');
      sent.set(
        'error_description',
        `AADSTS65004: <b>call 555</b>. Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: x`,
      );
    };
    const error = await provider.refusal({ callback });
    expect(error).toMatchObject({
      code: 'provider_refused',
      said: { aadsts: 65004, error: 'access_denied', traceId, correlationId },
    });
    expect(JSON.stringify(error) + String(error)).not.toContain('555');
    const nonsense = await provider.refusal({
      callback: (sent) => {
        sent.delete('code');
        sent.set('error', '<script>');
      },
    });
    const nothing = { aadsts: null, error: null, traceId: null, correlationId: null };
    expect(nonsense).toMatchObject({ code: 'provider_refused', said: nothing });
    expect(String(nonsense)).not.toContain('script');
  });

  it('counts once: the provider refuses the code when it comes again', async () => {
    const client = provider.clientOf();
    const callback = await provider.callbackOf(client);
    await client.redeem(callback, attempt);
    await expect(client.redeem(callback, attempt)).rejects.toMatchObject({
      code: 'provider_refused',
      said: { aadsts: 54005 },
    });
  });
});
