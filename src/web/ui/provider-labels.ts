import type { VerificationCheck } from '../../contract/provider-verification.ts';
import type { ProviderCredential } from '../../contract/sign-in-providers.ts';
import type { ProviderType } from '../../domain/provider.ts';

/** The two kinds of a Microsoft provider, as Entra calls what is registered for them. */
export const typeLabels: Readonly<Record<ProviderType, string>> = {
  spa: 'Single-page application (PKCE)',
  web: 'Web application (client secret)',
};

export const credentialKindLabels: Readonly<Record<ProviderCredential['kind'], string>> = {
  secret: 'Client secret',
  certificate: 'Certificate',
};

export const checkLabels: Readonly<Record<VerificationCheck['name'], string>> = {
  response: 'Sign-in answered',
  token: 'Access token',
  credential: 'Secret accepted',
  tenant: 'Tenant',
  consent: 'Consent',
  email: 'E-mail address',
  profile: 'Profile and user principal name',
  person: 'You are the portal user',
  groups: 'Groups',
  admin: 'Admin afterwards',
};
