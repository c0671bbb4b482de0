import { createPrivateKey, X509Certificate } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate, type Certificate } from '../testing/certificate.ts';
import {
  startMisbehavingProvider,
  type MisbehavingProvider,
} from '../testing/misbehaving-provider.ts';
import { clientId, tenantId } from '../testing/token-issuer.ts';
import { CertificateError, readClientCertificate, requireValidNow } from './certificate.ts';

const day = 86_400_000;
let rsa: Certificate;
let other: Certificate;
let small: Certificate;
let elliptic: Certificate;
beforeAll(async () => {
  [rsa, other, small, elliptic] = await Promise.all([
    makeCertificate({ keys: 'rsa', names: ['gatehouse.example'] }),
    makeCertificate({ keys: 'rsa' }),
    makeCertificate({ keys: 'rsa', bits: 1024 }),
    makeCertificate(),
  ]);
});

function refusal(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe('readClientCertificate', () => {
  it('tells what Entra shows of a certificate', () => {
    const read = readClientCertificate(`\r\n ${rsa.cert.replaceAll('\n', '\r\n')} `, rsa.key);
    const { fingerprint } = new X509Certificate(rsa.cert);
    expect(read).toMatchObject({
      subject: 'CN=gatehouse.example',
      thumbprint: fingerprint.replaceAll(':', ''),
      sha256Thumbprint: expect.stringMatching(/^[\w-]{43}$/u),
    });
    expect(read.thumbprint).toMatch(/^[0-9A-F]{40}$/u);
    expect(Math.abs(read.expiresAt - Date.now() - 90 * day)).toBeLessThan(day);
    expect(() => requireValidNow(read, Date.now())).not.toThrow();
  });

  it('takes the first of a chain, and a key of the older form', () => {
    const pkcs1 = createPrivateKey(rsa.key).export({ type: 'pkcs1', format: 'pem' }).toString();
    const { subject } = readClientCertificate(`${rsa.cert}${other.cert}`, pkcs1);
    expect(subject).toBe('CN=gatehouse.example');
  });

  it.each<[string, string, () => [string, string]]>([
    ['certificate_malformed', 'certificate', () => ['MIIC', rsa.key]],
    [
      'certificate_malformed',
      'certificate',
      () => ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', rsa.key],
    ],
    ['certificate_malformed', 'certificate', () => [rsa.cert.slice(0, 300), rsa.key]],
    ['certificate_is_key', 'certificate', () => [`${rsa.key}${rsa.cert}`, rsa.key]],
    ['certificate_not_rsa', 'certificate', () => [elliptic.cert, elliptic.key]],
    ['certificate_key_too_small', 'certificate', () => [small.cert, small.key]],
    ['key_malformed', 'privateKey', () => [rsa.cert, 'secret']],
    ['key_malformed', 'privateKey', () => [rsa.cert, rsa.key.slice(0, 400)]],
    ['key_is_certificate', 'privateKey', () => [rsa.cert, rsa.cert]],
    ['key_encrypted', 'privateKey', () => [rsa.cert, encrypted(rsa.key, 'pkcs8')]],
    ['key_encrypted', 'privateKey', () => [rsa.cert, encrypted(rsa.key, 'pkcs1')]],
    ['key_of_another_certificate', 'privateKey', () => [rsa.cert, other.key]],
    ['key_of_another_certificate', 'privateKey', () => [rsa.cert, elliptic.key]],
  ])('refuses as %s, at the field %s', (code, field, pair) => {
    const [certificate, key] = pair();
    const error = refusal(() => readClientCertificate(certificate, key));
    expect(error).toBeInstanceOf(CertificateError);
    expect(error).toMatchObject({ code, field });
    expect(String(error)).not.toContain(key.slice(40, 80) || 'never');
  });

  it('says when it is valid', () => {
    const from = new Date(Date.now() - day);
    const read = readClientCertificate(rsa.cert, rsa.key);
    const early = refusal(() => requireValidNow(read, from.getTime() - day));
    expect(early).toMatchObject({ code: 'certificate_not_yet_valid', field: 'certificate' });
    const late = refusal(() => requireValidNow(read, read.expiresAt));
    expect(late).toMatchObject({ code: 'certificate_expired', field: 'certificate' });
  });
});

function encrypted(key: string, type: 'pkcs1' | 'pkcs8'): string {
  const options = { format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' } as const;
  return createPrivateKey(key)
    .export({ ...options, type })
    .toString();
}

describe('a client assertion', () => {
  let provider: MisbehavingProvider;
  beforeAll(async () => {
    provider = await startMisbehavingProvider();
  });
  afterAll(() => provider.close());

  it('is signed by PS256, names its certificate and the token endpoint, and no secret is sent', async () => {
    const { cert, key } = rsa;
    const credential = { kind: 'certificate', certificate: cert, privateKey: key } as const;
    await provider.signIn(provider.clientOf({ credential }));
    const form = provider.forms.at(-1) ?? new URLSearchParams();
    expect(form.has('client_secret')).toBe(false);
    const assertion = form.get('client_assertion') ?? '';
    const { sha256Thumbprint } = readClientCertificate(cert, key);
    expect(decodeProtectedHeader(assertion)).toEqual({
      alg: 'PS256',
      typ: 'JWT',
      'x5t#S256': sha256Thumbprint,
    });
    const { payload } = await jwtVerify(assertion, new X509Certificate(cert).publicKey, {
      audience: `${provider.loginUrl}/${tenantId}/oauth2/v2.0/token`,
      issuer: clientId,
      subject: clientId,
    });
    expect((payload.exp ?? 0) - (payload.nbf ?? 0)).toBe(300);
    expect(payload.jti).toMatch(/.{20}/u);
  });
});
