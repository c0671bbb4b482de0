import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { Provider } from '../../contract/sign-in-providers.ts';
import { Timestamp } from '../ui/timestamp.tsx';
import { useNow } from '../ui/use-now.ts';
import { expiryAdvice } from './expiry-advice.ts';
import { expiryColor, expiryText, servingCredential, stateOf } from './provider-words.ts';
import { VerificationFailed } from './verification-failed.tsx';

/** What is wrong with it now, or soon will be. */
export function ProviderWarnings({ provider }: { provider: Provider }) {
  const { failure } = provider;
  return (
    <>
      {failure !== null && (
        <VerificationFailed
          title="Sign-ins by this provider fail"
          advice={failureAdvice[failure.code] ?? 'Verify it to see which check fails.'}
          aadsts={failure.aadsts}
          quote={[failure.code]}
        />
      )}
      {failure !== null && (
        <span>
          Since <Timestamp value={failure.at} />
        </span>
      )}
      <ExpiryWarning provider={provider} />
    </>
  );
}

const failureAdvice: Readonly<Record<string, string>> = {
  provider_unreachable:
    'Microsoft doesn’t answer the server, or too slowly. Check the outbound rule to the login address.',
  provider_answer_invalid:
    'Something else than Microsoft answers the server. Check proxies between them.',
  clock_off: 'The clock of the portal’s server is more than five minutes off. Set it right.',
  credential_refused: 'Microsoft refused the secret or the certificate. Add another one below.',
};

function ExpiryWarning({ provider }: { provider: Provider }) {
  const now = useNow();
  const serving = servingCredential(provider.credentials, now);
  if (serving === null) return null;
  const { expiresAt } = serving;
  if (expiresAt === null) return null;
  const state = stateOf(serving, now);
  if (state === 'fine') return null;
  return (
    <MessageBar intent={expiryColor(state) === 'danger' ? 'error' : 'warning'} layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{expiryText(serving, now)}</MessageBarTitle>{' '}
        {expiryAdvice(provider, { ...serving, expiresAt }, now)}
      </MessageBarBody>
    </MessageBar>
  );
}
