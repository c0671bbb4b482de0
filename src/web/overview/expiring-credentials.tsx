import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { Overview } from '../../contract/overview.ts';
import { daysLeft, expiryState } from '../../domain/secret-expiry.ts';
import { paths } from '../paths.ts';
import { PageLink } from '../ui/links.tsx';
import { useNow } from '../ui/use-now.ts';
import { expiryTitle } from './expiry-title.ts';

type Credentials = NonNullable<Overview['expiringCredentials']>;

/** Secrets and certificates of providers that end soon, or have: sign-ins fail after that. */
export function ExpiringCredentials({ credentials }: { credentials: Credentials }) {
  return credentials.map((credential) => (
    <Expiring key={credential.credentialId} credential={credential} />
  ));
}

function Expiring({ credential }: { credential: Credentials[number] }) {
  const now = new Date(useNow());
  const { providerId, expiresAt, replaced } = credential;
  const end = new Date(expiresAt);
  const state = expiryState(end, now);
  const severe = !replaced && (state === 'expired' || state === 'in1');
  return (
    <MessageBar
      intent={replaced ? 'info' : severe ? 'error' : 'warning'}
      layout="multiline"
      {...(severe ? { role: 'alert' } : {})}
    >
      <MessageBarBody>
        <MessageBarTitle>{expiryTitle(credential, daysLeft(end, now))}</MessageBarTitle>{' '}
        {replaced
          ? 'Another one that lasts longer was verified: promote it if it isn’t the current one, and retire this one.'
          : state === 'expired'
            ? 'Nobody can sign in by it. Add, verify and promote another one.'
            : 'Add a second one, verify and promote it in time; sign-ins go on all the while.'}{' '}
        <PageLink to={paths.provider({ providerId })}>Go to the provider</PageLink>
      </MessageBarBody>
    </MessageBar>
  );
}
