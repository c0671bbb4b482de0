import type { FieldError } from '../../contract/problem.ts';
import type { CredentialInput } from '../../contract/sign-in-providers.ts';
import { isGuid } from '../../domain/guid.ts';
import { messagesByField } from '../api/revised-edits.ts';
import { fieldSentences } from '../ui/field-sentence.ts';

/** A secret or a certificate as it is entered. It lives in memory only, and never in a storage (R20). */
export interface CredentialDraft {
  readonly kind: CredentialInput['kind'];
  readonly value: string;
  /** `2027-05-21`, or empty. */
  readonly expiresOn: string;
  readonly certificate: string;
  readonly privateKey: string;
}

export const credentialFields = ['value', 'expiresOn', 'certificate', 'privateKey'] as const;

export type CredentialField = (typeof credentialFields)[number];

export type CredentialMessages = Partial<Record<CredentialField, string>>;

export const emptyCredential: CredentialDraft = {
  kind: 'secret',
  value: '',
  expiresOn: '',
  certificate: '',
  privateKey: '',
};

export type CheckedCredential =
  | { readonly input: CredentialInput; readonly messages: null }
  | { readonly input: null; readonly messages: CredentialMessages };

/** What is missing or plainly wrong, before the server looks closer. `now`: milliseconds since 1970. */
export function checkCredential(draft: CredentialDraft, now: number): CheckedCredential {
  const messages = draft.kind === 'secret' ? secretMessages(draft, now) : pemMessages(draft);
  if (Object.keys(messages).length > 0) return { input: null, messages };
  const { kind, value, expiresOn, certificate, privateKey } = draft;
  const input: CredentialInput =
    kind === 'secret'
      ? { kind, value: value.trim(), expiresAt: startOfDay(expiresOn) }
      : { kind, certificate: certificate.trim(), privateKey: privateKey.trim() };
  return { input, messages: null };
}

function secretMessages({ value, expiresOn }: CredentialDraft, now: number): CredentialMessages {
  const messages: CredentialMessages = {};
  const secret = value.trim();
  if (secret === '') messages.value = 'Enter the Value of the secret.';
  else if (isGuid(secret)) {
    messages.value =
      'This is the Secret ID. Paste the Value beside it: Entra shows it once, right after the secret is made.';
  }
  if (Number.isNaN(Date.parse(expiresOn))) messages.expiresOn = 'Enter the day under Expires.';
  else if (Date.parse(startOfDay(expiresOn)) <= now) {
    messages.expiresOn = 'This day is over or has begun. Make a new secret in Entra.';
  }
  return messages;
}

function pemMessages({ certificate, privateKey }: CredentialDraft): CredentialMessages {
  const messages: CredentialMessages = {};
  if (!certificate.includes('-----BEGIN CERTIFICATE-----')) {
    messages.certificate =
      'Paste the certificate in PEM: it begins with -----BEGIN CERTIFICATE-----.';
  }
  if (!/-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/u.test(privateKey)) {
    messages.privateKey =
      'Paste the private key in PEM: it begins with -----BEGIN PRIVATE KEY-----.';
  }
  return messages;
}

/** Entra shows the day alone: its beginning, in UTC, so that a warning never comes too late. */
function startOfDay(day: string): string {
  return `${day}T00:00:00Z`;
}

/** Where each field is in the request. `at`: where the credential is in it. */
export function credentialPaths(at: '' | '/credential') {
  return {
    value: `${at}/value`,
    expiresOn: `${at}/expiresAt`,
    certificate: `${at}/certificate`,
    privateKey: `${at}/privateKey`,
  };
}

/** The server's messages at the fields that they belong to. `at`: where the credential is in the request. */
export function refusedCredential(
  errors: readonly FieldError[],
  at: '' | '/credential',
): CredentialMessages {
  return fieldSentences(messagesByField(errors, credentialPaths(at)));
}
