import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import { importPKCS8, SignJWT } from 'jose';
import * as oidc from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIds, demoDirectory, personIds, tenantId } from '../demo/directory.ts';
import { makeCertificate, type Certificate } from '../testing/certificate.ts';
import { claimsOf, requestTokens } from '../testing/entra-sign-in.ts';
import { signInByWeb } from '../testing/entra-web-client.ts';
import { startLocalEntra } from './app.ts';
import type { LocalEntra } from './app.ts';

const clientId = clientIds.organizationSignIn;
const day = 86_400_000;

let entra: LocalEntra;
let certificate: Certificate;
let other: Certificate;
beforeAll(async () => {
  [certificate, other] = await Promise.all([
    makeCertificate({ keys: 'rsa' }),
    makeCertificate({ keys: 'rsa' }),
  ]);
  const directory = demoDirectory();
  entra = await startLocalEntra({ port: 0, directory });
  const certificates = [{ id: 'current', pem: certificate.cert }];
  entra.changeApplication(clientId, { certificates, secrets: [] });
});
afterAll(() => entra.close());

function thumbprint({ cert }: Certificate, hash: 'sha1' | 'sha256'): string {
  const { fingerprint, fingerprint256 } = new X509Certificate(cert);
  const hex = (hash === 'sha1' ? fingerprint : fingerprint256).replaceAll(':', '');
  return Buffer.from(hex, 'hex').toString('base64url');
}

describe('openid-client with a certificate', () => {
  it.each([
    ['RS256', 'x5t', 'sha1'],
    ['PS256', 'x5t#S256', 'sha256'],
  ] as const)('signs in by %s and %s', async (algorithm, name, hash) => {
    const key = await importPKCS8(certificate.key, algorithm);
    const authentication = oidc.PrivateKeyJwt(key, {
      [oidc.modifyAssertion]: (header) => {
        header[name] = thumbprint(certificate, hash);
      },
    });
    const scope = 'openid profile User.Read';
    const wish = { clientId, authentication, oid: personIds.bram, scope };
    const { claims, tokens } = await signInByWeb(entra, wish);
    expect(claims).toMatchObject({ oid: personIds.bram });
    expect(claimsOf(tokens.access_token)).toMatchObject({ appidacr: '2' });
  });
});

describe('a client assertion', () => {
  interface Assertion {
    header?: Record<string, unknown>;
    claims?: Record<string, unknown>;
    key?: Certificate;
  }

  const sign = ({ header = {}, claims = {}, key = certificate }: Assertion): Promise<string> => {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({
      iss: clientId,
      sub: clientId,
      aud: `${entra.origin}/${tenantId}/oauth2/v2.0/token`,
      jti: randomUUID(),
      nbf: now,
      exp: now + 300,
      ...claims,
    })
      .setProtectedHeader({ alg: 'RS256', x5t: thumbprint(certificate, 'sha1'), ...header })
      .sign(createPrivateKey(key.key));
  };

  /** The number that a token request is refused with, or `tokens`. */
  const send = async (assertion: string): Promise<unknown> => {
    const refresh = await refreshToken();
    const response = await requestTokens(entra, undefined, {
      grant_type: 'refresh_token',
      refresh_token: refresh,
      client_assertion: assertion,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    });
    const body = (await response.json()) as { error?: string; error_codes?: number[] };
    if (!response.ok) expect([response.status, body.error]).toEqual([401, 'invalid_client']);
    return body.error_codes?.[0] ?? 'tokens';
  };

  let known: string | undefined;
  const refreshToken = async (): Promise<string> => {
    if (known === undefined) {
      const key = await importPKCS8(certificate.key, 'RS256');
      const authentication = oidc.PrivateKeyJwt(key, {
        [oidc.modifyAssertion]: (header) => {
          header['x5t'] = thumbprint(certificate, 'sha1');
        },
      });
      const wish = { clientId, authentication, oid: personIds.bram };
      known = (await signInByWeb(entra, wish)).tokens.refresh_token ?? '';
    }
    return known;
  };

  it('serves without client_id, and twice, as at Entra', async () => {
    const assertion = await sign({});
    expect([await send(assertion), await send(assertion)]).toEqual(['tokens', 'tokens']);
    const aud = `${entra.origin}/${tenantId}/v2.0`;
    expect(await send(await sign({ claims: { aud } }))).toBe('tokens');
  });

  it('is refused by the number that Entra has for each fault', async () => {
    const past = Math.floor(Date.now() / 1000) - 3600;
    const x5t = thumbprint(other, 'sha1');
    expect(await send(await sign({ header: { x5t }, key: other }))).toBe(700027);
    expect(await send(await sign({ key: other }))).toBe(700027);
    expect(await send(await sign({ claims: { aud: 'https://elsewhere.example' } }))).toBe(700023);
    expect(await send(await sign({ claims: { exp: past } }))).toBe(700024);
    expect(await send(await sign({ claims: { nbf: past + 7200 } }))).toBe(700024);
    expect(await send(await sign({ claims: { exp: undefined } }))).toBe(700024);
    expect(await send(await sign({ claims: { iss: clientIds.portal } }))).toBe(700021);
    expect(await send(await sign({ header: { x5t: undefined } }))).toBe(5002723);
    expect(await send(await sign({ header: { alg: 'RS512' } }))).toBe(5002738);
    expect(await send(`${(await sign({})).slice(0, -8)}AAAAAAAA`)).toBe(700027);
  });

  it('says nothing of itself where it can’t be read', async () => {
    const response = await requestTokens(entra, undefined, {
      client_id: clientId,
      grant_type: 'refresh_token',
      refresh_token: await refreshToken(),
      client_assertion: 'x.y.z',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    });
    expect(await response.json()).toMatchObject({ error_codes: [50027] });
  });

  it('is refused when its certificate has expired', async () => {
    const [from, until] = [new Date(Date.now() - 9 * day), new Date(Date.now() - day)];
    const expired = await makeCertificate({ keys: 'rsa', from, until });
    const certificates = [
      { id: 'current', pem: certificate.cert },
      { id: 'expired', pem: expired.cert },
    ];
    await refreshToken();
    entra.changeApplication(clientId, { certificates });
    const x5t = thumbprint(expired, 'sha1');
    expect(await send(await sign({ header: { x5t }, key: expired }))).toBe(1000502);
  });
});
