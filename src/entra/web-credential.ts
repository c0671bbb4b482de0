import { importPKCS8 } from 'jose';
import { ClientSecretPost, modifyAssertion, PrivateKeyJwt, type ClientAuth } from 'openid-client';
import { readClientCertificate } from './certificate.ts';
import type { WebCredential } from './web-client.ts';

/** Seconds: Microsoft advises five to ten minutes. */
const assertionLifetime = 300;

/**
 * How the application proves itself at the token endpoint: client_secret_post, or private_key_jwt as
 * Entra wants it (Microsoft identity platform, "Application authentication certificate
 * credentials"): PS256, the certificate named by its SHA-256 thumbprint, the endpoint as audience.
 * Throws CertificateError where certificate and key can't be used.
 */
export async function clientAuthOf(
  credential: WebCredential,
  tokenEndpoint: string,
  now: () => number,
): Promise<ClientAuth> {
  if (credential.kind === 'secret') return ClientSecretPost(credential.value);
  const { privateKey, sha256Thumbprint } = readClientCertificate(
    credential.certificate,
    credential.privateKey,
  );
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return PrivateKeyJwt(await importPKCS8(pem, 'PS256'), {
    [modifyAssertion]: (header, payload) => {
      const issued = Math.floor(now() / 1000);
      Object.assign(header, { typ: 'JWT', 'x5t#S256': sha256Thumbprint });
      const times = { iat: issued, nbf: issued, exp: issued + assertionLifetime };
      Object.assign(payload, { aud: tokenEndpoint, ...times });
    },
  });
}
