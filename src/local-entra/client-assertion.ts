import { X509Certificate } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { AadstsError } from './aadsts.ts';
import type { JWTPayload, ProtectedHeaderParameters } from 'jose';
import type { Application } from '../demo/directory-types.ts';

/** Who may be named as the audience of a client assertion, and the time that it must hold at. */
export interface AssertionCheck {
  /** Addresses of the token endpoint, and issuers. */
  audiences: string[];
  /** Milliseconds since the epoch. */
  now: number;
}

/** Entra allows this much. */
const clockToleranceSeconds = 300;

/** The client that an assertion speaks of; undefined where it can't be read. */
export function assertedClientId(assertion: string): string | undefined {
  try {
    return decodeJwt(assertion).sub;
  } catch {
    return undefined;
  }
}

/**
 * Checks a client assertion (RFC 7523; Entra names its certificate by `x5t` or `x5t#S256`). Like
 * Entra, it doesn't mind the same `jti` twice. Throws 50027, 5002723, 5002738, 700021, 700023,
 * 700024, 700027 or 1000502.
 */
export async function checkAssertion(
  application: Application,
  assertion: string,
  { audiences, now }: AssertionCheck,
): Promise<void> {
  const { header, claims } = decode(assertion);
  const { alg = 'none' } = header;
  if (alg !== 'RS256' && alg !== 'PS256') throw new AadstsError(5002738, { algorithm: alg });
  const { clientId } = application;
  if (claims.iss !== clientId || claims.sub !== clientId) throw new AadstsError(700021);
  const certificate = findCertificate(application, header);
  try {
    await jwtVerify(assertion, certificate.publicKey, {
      algorithms: [alg],
      audience: audiences,
      requiredClaims: ['exp'],
      clockTolerance: clockToleranceSeconds,
      currentDate: new Date(now),
    });
  } catch (error) {
    throw refusal(error, application, claims, certificate, now);
  }
  const [from, until] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
  if (now < from || now > until) throw new AadstsError(1000502);
}

function decode(assertion: string): { header: ProtectedHeaderParameters; claims: JWTPayload } {
  try {
    return { header: decodeProtectedHeader(assertion), claims: decodeJwt(assertion) };
  } catch {
    throw new AadstsError(50027);
  }
}

function findCertificate(
  { clientId, certificates }: Application,
  header: ProtectedHeaderParameters,
): X509Certificate {
  const named = header.x5t ?? header['x5t#S256'];
  if (typeof named !== 'string') throw new AadstsError(5002723);
  const certificate = certificates
    .map(({ pem }) => new X509Certificate(pem))
    .find((each) => thumbprints(each).includes(named));
  if (certificate !== undefined) return certificate;
  const thumbprint = Buffer.from(named, 'base64url').toString('hex').toUpperCase();
  throw new AadstsError(700027, { reason: 'The key was not found.', thumbprint, clientId });
}

/** SHA-1 and SHA-256, as the header of an assertion has them. */
function thumbprints({ fingerprint, fingerprint256 }: X509Certificate): string[] {
  return [fingerprint, fingerprint256].map((each) =>
    Buffer.from(each.replaceAll(':', ''), 'hex').toString('base64url'),
  );
}

function refusal(
  error: unknown,
  { clientId }: Application,
  { nbf = 0, exp = 0 }: JWTPayload,
  { fingerprint }: X509Certificate,
  now: number,
): AadstsError {
  const claim = error instanceof errors.JWTClaimValidationFailed ? error.claim : undefined;
  if (claim === 'aud') return new AadstsError(700023);
  if (error instanceof errors.JWTExpired || claim !== undefined) {
    const [from, until] = [nbf, exp].map((seconds) => new Date(seconds * 1000).toISOString());
    const current = new Date(now).toISOString();
    return new AadstsError(700024, { current, from: from ?? '', until: until ?? '' });
  }
  const reason = 'The key was found, but use of the key to verify the signature failed.';
  const thumbprint = fingerprint.replaceAll(':', '');
  return new AadstsError(700027, { reason, thumbprint, clientId });
}
