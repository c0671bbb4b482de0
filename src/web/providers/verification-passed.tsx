import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
} from '@fluentui/react-components';
import type { Provider } from '../../contract/sign-in-providers.ts';
import { endRecovery } from '../api/end-recovery.ts';
import { useMe } from '../api/hooks.ts';
import { paths } from '../paths.ts';

/** It is active now, if nobody retired it since; who set it up without an account goes on with their own. */
export function ProviderActivated({ provider: { status } }: { provider: Provider }) {
  const recovering = useMe().kind === 'recovery';
  async function signInByIt() {
    await endRecovery();
    location.assign(paths.overview());
  }
  if (status !== 'active') return null;
  return (
    <MessageBar intent="success" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>The provider is active</MessageBarTitle> The sign-in page offers it from
        now on.
      </MessageBarBody>
      {recovering && (
        <MessageBarActions>
          <Button appearance="primary" onClick={() => void signInByIt()}>
            End recovery and sign in
          </Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}

/** A further secret works: it doesn’t serve yet. */
export function CredentialVerified() {
  return (
    <MessageBar intent="success" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>It was accepted</MessageBarTitle> It stands by. Sign-ins go on with the
        current one until you promote it.
      </MessageBarBody>
    </MessageBar>
  );
}
