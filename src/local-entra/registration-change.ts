import { randomBytes, randomUUID, X509Certificate } from 'node:crypto';
import type { Application } from '../demo/directory-types.ts';
import type { Parameters } from './parameters.ts';
import type { ApplicationChange } from './people.ts';

/** A form of the registration's page that can't be done as it was sent; the message is shown there. */
export class RegistrationChangeError extends Error {
  readonly code = 'INVALID_REGISTRATION_CHANGE';
}

/** What a form of the registration's page changes. Throws RegistrationChangeError. */
export function registrationChange(
  application: Application,
  sent: Parameters,
  now: number,
): ApplicationChange {
  const { redirectUris, secrets, certificates } = application;
  const chosen = sent.get('secret');
  switch (sent.get('action')) {
    case 'addRedirectUri': {
      const platform = sent.get('platform') === 'spa' ? 'spa' : 'web';
      const uri = readUri(sent.get('uri'));
      return { redirectUris: { ...redirectUris, [platform]: [...redirectUris[platform], uri] } };
    }
    case 'setLogoutUrl':
      return { frontChannelLogoutUrl: sent.has('uri') ? readUri(sent.get('uri')) : undefined };
    case 'addSecret':
      return { secrets: [...secrets, newSecret(readDate(sent.get('expires')))] };
    case 'expireSecret': {
      const expiresAt = new Date(now).toISOString();
      return {
        secrets: secrets.map((each) => (each.id === chosen ? { ...each, expiresAt } : each)),
      };
    }
    case 'removeSecret':
      return { secrets: secrets.filter(({ id }) => id !== chosen) };
    case 'addCertificate': {
      const pem = readCertificate(sent.get('pem'));
      return { certificates: [...certificates, { id: randomUUID(), pem }] };
    }
    case 'removeCertificate': {
      const named = sent.get('certificate');
      return { certificates: certificates.filter(({ id }) => id !== named) };
    }
    default:
      throw new RegistrationChangeError('There is no such change.');
  }
}

/** Of the length and alphabet of Entra's. */
function newSecret(expiresAt: string | undefined): Application['secrets'][number] {
  const value = randomBytes(30).toString('base64url');
  return { id: randomUUID(), value, ...(expiresAt === undefined ? {} : { expiresAt }) };
}

/** Entra's rule: HTTPS, but for localhost. */
function readUri(text = ''): string {
  const uri = text.trim();
  if (/^https:\/\/./.test(uri) || /^http:\/\/localhost(?=[:/]|$)/.test(uri)) {
    if (URL.canParse(uri)) return uri;
  }
  throw new RegistrationChangeError(
    'The address must begin with https://, or with http://localhost.',
  );
}

/** The certificate alone, whatever else stands in the file; a private key stays out of it. */
function readCertificate(text = ''): string {
  try {
    const certificate = new X509Certificate(text);
    if (certificate.publicKey.asymmetricKeyType === 'rsa') return certificate.toString();
  } catch {
    // Said below.
  }
  throw new RegistrationChangeError('This is no PEM certificate with an RSA key.');
}

function readDate(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const time = /^\d{4}-\d\d-\d\d$/.test(text.trim()) ? Date.parse(text.trim()) : Number.NaN;
  if (!Number.isNaN(time)) return new Date(time).toISOString();
  throw new RegistrationChangeError('The date must be of the form 2027-01-31.');
}
