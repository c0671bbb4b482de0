import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { WebRegistration } from '../../contract/sign-in-providers.ts';
import { webSignInPaths } from '../../contract/web-sign-in.ts';
import { authorityOf } from '../../entra/authority.ts';
import type { WebClient, WebClientOptions, WebCredential } from '../../entra/web-client.ts';
import type { WebProvider } from '../http/web-providers.ts';
import type { SecretBox } from '../storage/secret-box.ts';
import type { CredentialRow } from './active-providers.ts';

export interface WebClientsDependencies {
  readonly createClient: (options: WebClientOptions) => WebClient;
  readonly secrets: SecretBox;
  readonly loginUrl: string;
  readonly publicUrl: string;
  readonly now: () => Date;
}

/** Makes what a web application signs in with. Throws StorageError where the secret can't be decrypted. */
export type WebProviderOf = (
  providerId: string,
  registration: WebRegistration,
  credential: CredentialRow,
) => WebProvider;

/** What a sealed credential is of: the same is needed to read it. */
export function credentialContext(credentialId: string): string {
  return `credential ${credentialId}`;
}

const certificatePair = z.object({ certificate: z.string(), privateKey: z.string() });

/** What is sealed of a credential. */
export function credentialText(credential: WebCredential): string {
  if (credential.kind === 'secret') return credential.value;
  const { certificate, privateKey } = credential;
  return JSON.stringify({ certificate, privateKey });
}

/** Remembers clients, so that their signing keys outlive a look at the database. */
export function createWebClients(dependencies: WebClientsDependencies): WebProviderOf {
  const { createClient, secrets, loginUrl, publicUrl, now } = dependencies;
  const made = new LRUCache<string, WebClient>({ max: 32 });

  function credentialOf({ id, kind, sealed }: CredentialRow): WebCredential {
    const text = secrets.unseal(sealed, credentialContext(id));
    return kind === 'secret'
      ? { kind, value: text }
      : { kind, ...certificatePair.parse(JSON.parse(text)) };
  }

  return (providerId, registration, row) => {
    const { name, tenantId, clientId, usesGroups } = registration;
    const key = [providerId, row.id, tenantId, clientId].join('/');
    let client = made.get(key);
    if (client === undefined) {
      client = createClient({
        loginUrl,
        tenantId,
        clientId,
        credential: credentialOf(row),
        redirectUri: `${publicUrl}${webSignInPaths.callback}`,
        now: () => now().getTime(),
      });
      made.set(key, client);
    }
    const { issuer } = authorityOf(loginUrl, tenantId ?? 'organizations');
    return { id: providerId, name, tenantId, issuerUrl: issuer, clientId, usesGroups, client };
  };
}
