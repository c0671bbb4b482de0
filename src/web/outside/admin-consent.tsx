import { providerById } from '../api/chosen-provider.ts';
import { remembered } from '../api/browser-memory.ts';
import { configuration } from '../api/configuration.ts';
import { CopyText } from './copy-text.tsx';

/**
 * Where an administrator of Entra agrees for everybody, for the provider that this browser signs in
 * by; null at a gate, whose page isn't told.
 */
export function adminConsentLink(): string | null {
  const provider = providerById(configuration.providers, remembered('chosenProvider'));
  return provider?.adminConsentUrl ?? null;
}

/** To be copied and sent, or opened by whoever is that administrator. */
export function AdminConsent({ what }: { what?: string }) {
  const link = adminConsentLink();
  if (link === null) return null;
  return (
    <>
      <p>
        An administrator of Entra ID can agree for everybody:{' '}
        <a href={link} target="_blank" rel="noreferrer">
          open the admin-consent link
        </a>
        , or send it to them.
      </p>
      <CopyText
        label="Copy the admin-consent link"
        text={link}
        {...(what === undefined ? {} : { what })}
      />
    </>
  );
}
