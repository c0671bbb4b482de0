/** `spa`: single-page application with PKCE, no secret. `web`: web application with a secret or a certificate. */
export const providerTypes = ['spa', 'web'] as const;

export type ProviderType = (typeof providerTypes)[number];

/**
 * `unverified` reads "Verify to activate" and signs nobody in; `retired` signs nobody in any more,
 * until it is verified again.
 */
export const providerStatuses = ['unverified', 'active', 'retired'] as const;

export type ProviderStatus = (typeof providerStatuses)[number];

/**
 * A credential of a web application: `unverified` until a sign-in has used it, `standby` once it
 * has, `current` while sign-ins use it. Retired ones are gone.
 */
export const credentialStatuses = ['unverified', 'standby', 'current'] as const;

export type CredentialStatus = (typeof credentialStatuses)[number];
