import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { Provider } from '../../contract/sign-in-providers.ts';
import { Timestamp } from '../ui/timestamp.tsx';
import { useNow } from '../ui/use-now.ts';
import { dayText, expiryColor, expiryText, servingCredential, stateOf } from './provider-words.ts';
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

function ExpiryWarning({ provider: { credentials } }: { provider: Provider }) {
  const now = useNow();
  const serving = servingCredential(credentials, now);
  if (serving === null || serving.expiresAt === null) return null;
  const state = stateOf(serving, now);
  if (state === 'fine') return null;
  return (
    <MessageBar intent={expiryColor(state) === 'danger' ? 'error' : 'warning'} layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{expiryText(serving, now)}</MessageBarTitle>{' '}
        {state === 'expired'
          ? `It was good until ${dayText(serving.expiresAt)}: nobody can sign in by it. Make another one in Entra, add it below, verify and promote it.`
          : `It is good until ${dayText(serving.expiresAt)}. Add a second one below, verify and promote it; sign-ins go on all the while.`}
      </MessageBarBody>
    </MessageBar>
  );
}
