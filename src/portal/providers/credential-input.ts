import type { CredentialInput } from '../../contract/sign-in-providers.ts';
import { isGuid } from '../../domain/guid.ts';
import {
  CertificateError,
  readClientCertificate,
  requireValidNow,
} from '../../entra/certificate.ts';
import type { WebCredential } from '../../entra/web-client.ts';
import { fieldProblem } from './field-problem.ts';

export interface CheckedCredential {
  readonly credential: WebCredential;
  readonly hint: string;
  readonly expiresAt: Date;
}

/**
 * A secret or a certificate as it was entered, checked as far as that goes without Entra. `at` is
 * where it stands in the request. Throws 400 at the field that is wrong, without its value (R20).
 */
export function checkCredential(input: CredentialInput, at: string, now: Date): CheckedCredential {
  return input.kind === 'secret' ? checkSecret(input, at, now) : checkCertificate(input, at, now);
}

function checkSecret(
  { kind, value, expiresAt }: CredentialInput & { readonly kind: 'secret' },
  at: string,
  now: Date,
): CheckedCredential {
  if (isGuid(value)) {
    throw fieldProblem(
      `${at}/value`,
      'is the secret’s ID. Paste its Value: Entra shows it once, right after the secret is made',
      'secret_id',
    );
  }
  // Entra's secrets are printable ASCII: anything else was copied along with it.
  if (!/^[\x21-\x7e]+$/u.test(value)) {
    throw fieldProblem(
      `${at}/value`,
      'has spaces, line ends or other characters that no secret has: copy the Value alone',
      'secret_characters',
    );
  }
  const end = new Date(expiresAt);
  if (end <= now) {
    throw fieldProblem(
      `${at}/expiresAt`,
      'is over: enter the day that Entra shows under Expires, or make a new secret',
      'expired',
    );
  }
  return { credential: { kind, value }, hint: value.slice(0, 3), expiresAt: end };
}

function checkCertificate(
  { kind, certificate, privateKey }: CredentialInput & { readonly kind: 'certificate' },
  at: string,
  now: Date,
): CheckedCredential {
  try {
    const read = readClientCertificate(certificate, privateKey);
    requireValidNow(read, now.getTime());
    return {
      credential: { kind, certificate, privateKey },
      hint: read.thumbprint,
      expiresAt: new Date(read.expiresAt),
    };
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error;
    throw fieldProblem(`${at}/${error.field}`, error.message, error.code);
  }
}
