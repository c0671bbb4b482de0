import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';

/** A certificate that a web application signs its assertions with, and the key that belongs to it. */
export interface ClientCertificate {
  /** On one line, such as `CN=gatehouse, O=Contoso`. */
  readonly subject: string;
  /** Milliseconds since 1970. */
  readonly validFrom: number;
  readonly expiresAt: number;
  /** SHA-1 in capital hexadecimal digits: how Entra lists certificates. */
  readonly thumbprint: string;
  /** SHA-256 in base64url: `x5t#S256` of an assertion (RFC 7515, section 4.1.8). */
  readonly sha256Thumbprint: string;
  readonly privateKey: KeyObject;
}

export type CertificateErrorCode =
  | 'certificate_malformed'
  | 'certificate_is_key'
  | 'certificate_not_rsa'
  | 'certificate_key_too_small'
  | 'certificate_not_yet_valid'
  | 'certificate_expired'
  | 'key_malformed'
  | 'key_is_certificate'
  | 'key_encrypted'
  | 'key_of_another_certificate';

const messages = {
  certificate_malformed:
    'is no PEM certificate: it begins with -----BEGIN CERTIFICATE----- and ends with -----END CERTIFICATE-----',
  certificate_is_key: 'holds a private key: paste only the certificate here',
  certificate_not_rsa: 'must have an RSA key: Entra takes no other',
  certificate_key_too_small: 'must have an RSA key of at least 2048 bits',
  certificate_not_yet_valid: 'isn’t valid yet',
  certificate_expired: 'has expired',
  key_malformed:
    'is no PEM private key: it begins with -----BEGIN PRIVATE KEY----- and ends with -----END PRIVATE KEY-----',
  key_is_certificate: 'holds a certificate: paste the private key here',
  key_encrypted:
    'is protected by a pass phrase: take it off, for instance with openssl pkcs8 -topk8 -nocrypt',
  key_of_another_certificate: 'doesn’t belong to the certificate',
} satisfies Record<CertificateErrorCode, string>;

/** What is wrong with a pasted certificate or key. `message` is for the field, and quotes neither. */
export class CertificateError extends Error {
  readonly code: CertificateErrorCode;
  readonly field: 'certificate' | 'privateKey';

  constructor(code: CertificateErrorCode) {
    super(messages[code]);
    this.name = 'CertificateError';
    this.code = code;
    this.field = code.startsWith('certificate_') ? 'certificate' : 'privateKey';
  }
}

const smallestKey = 2048;

/**
 * Reads a certificate and its private key from PEM (RFC 7468); of a chain, its first certificate.
 * Throws CertificateError. Whether it is valid now says `requireValidNow`.
 */
export function readClientCertificate(certificate: string, privateKey: string): ClientCertificate {
  const x509 = readCertificate(certificate);
  const { asymmetricKeyType, asymmetricKeyDetails } = x509.publicKey;
  if (asymmetricKeyType !== 'rsa') throw new CertificateError('certificate_not_rsa');
  if ((asymmetricKeyDetails?.modulusLength ?? 0) < smallestKey) {
    throw new CertificateError('certificate_key_too_small');
  }
  const key = readPrivateKey(privateKey);
  if (!x509.checkPrivateKey(key)) throw new CertificateError('key_of_another_certificate');
  return {
    subject: x509.subject.split('\n').toReversed().join(', '),
    validFrom: Date.parse(x509.validFrom),
    expiresAt: Date.parse(x509.validTo),
    thumbprint: x509.fingerprint.replaceAll(':', ''),
    sha256Thumbprint: Buffer.from(x509.fingerprint256.replaceAll(':', ''), 'hex').toString(
      'base64url',
    ),
    privateKey: key,
  };
}

/** `now` in milliseconds. Throws CertificateError. */
export function requireValidNow(
  { validFrom, expiresAt }: Pick<ClientCertificate, 'validFrom' | 'expiresAt'>,
  now: number,
): void {
  if (now < validFrom) throw new CertificateError('certificate_not_yet_valid');
  if (now >= expiresAt) throw new CertificateError('certificate_expired');
}

function readCertificate(pem: string): X509Certificate {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/u.test(pem)) {
    throw new CertificateError('certificate_is_key');
  }
  // Node would read DER too, or a certificate among other text: what is kept and shown is this.
  const [first] = /-----BEGIN CERTIFICATE-----[\w+/=\s]+-----END CERTIFICATE-----/u.exec(pem) ?? [];
  if (first === undefined) throw new CertificateError('certificate_malformed');
  try {
    return new X509Certificate(first);
  } catch {
    throw new CertificateError('certificate_malformed');
  }
}

function readPrivateKey(pem: string): KeyObject {
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/mu.test(pem)) {
    throw new CertificateError('key_encrypted');
  }
  if (!pem.includes('PRIVATE KEY-----') && pem.includes('-----BEGIN CERTIFICATE-----')) {
    throw new CertificateError('key_is_certificate');
  }
  try {
    return createPrivateKey({ key: pem, format: 'pem' });
  } catch {
    throw new CertificateError('key_malformed');
  }
}
