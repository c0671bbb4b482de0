import { describe, expect, it } from 'vitest';
import type { SignInProvider, SpaProvider } from '../../contract/configuration.ts';
import { providerById, spaToUse } from './chosen-provider.ts';

const spa = (clientId: string): SpaProvider => ({
  tenantId: 't',
  clientId,
  apiClientId: clientId,
  authority: '',
  knownAuthority: '',
  authorityMetadata: '',
  apiScope: '',
  graphUrl: '',
});
const providers: SignInProvider[] = [
  { id: 'contoso', type: 'web', name: 'Contoso', spa: null, adminConsentUrl: '' },
  { id: 'one', type: 'spa', name: 'One', spa: spa('one'), adminConsentUrl: '' },
  { id: 'two', type: 'spa', name: 'Two', spa: spa('two'), adminConsentUrl: '' },
];

describe('the chosen provider', () => {
  it('is found by its id, and is the primary one where it is gone', () => {
    expect(providerById(providers, 'two')?.name).toBe('Two');
    expect(providerById(providers, 'retired')?.name).toBe('Contoso');
    expect(providerById(providers, null)?.name).toBe('Contoso');
    expect(providerById([], null)).toBeNull();
  });

  it('sets MSAL up, unless it needs no MSAL', () => {
    expect(spaToUse(providers, 'two', spa('one'))?.clientId).toBe('two');
    expect(spaToUse(providers, 'contoso', spa('one'))?.clientId).toBe('one');
    expect(spaToUse(providers, 'retired', null)).toBeNull();
  });
});
