import type { SignInProvider, SpaProvider } from '../../contract/configuration.ts';

/** The provider of this id; the primary one (the first) where there is none such any more. */
export function providerById(
  providers: readonly SignInProvider[],
  id: string | null,
): SignInProvider | null {
  return providers.find((one) => one.id === id) ?? providers[0] ?? null;
}

/**
 * The single-page provider that MSAL works with: the one that was chosen in this browser, else the
 * configuration's own.
 */
export function spaToUse(
  providers: readonly SignInProvider[],
  chosenId: string | null,
  otherwise: SpaProvider | null,
): SpaProvider | null {
  return providers.find((one) => one.id === chosenId)?.spa ?? otherwise;
}
