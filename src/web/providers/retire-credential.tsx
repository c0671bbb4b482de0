import { Button, Text, useRestoreFocusTarget } from '@fluentui/react-components';
import { useState } from 'react';
import {
  retireCredential,
  type Provider,
  type ProviderCredential,
} from '../../contract/sign-in-providers.ts';
import { useChange } from '../api/hooks.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { useNotify } from '../ui/notify.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { credentialKindLabels } from '../ui/provider-labels.ts';
import { credentialTitle } from './credential-title.ts';
import { dayText } from './provider-words.ts';

interface RetireCredentialProps {
  readonly provider: Provider;
  readonly credential: ProviderCredential;
  readonly appearance?: 'primary' | 'secondary';
}

/** Forgets a secret or certificate that doesn’t serve. */
export function RetireCredential(props: RetireCredentialProps) {
  const { provider, credential, appearance = 'secondary' } = props;
  const retire = useChange(retireCredential);
  const notify = useNotify();
  const [asking, setAsking] = useState(false);
  const takesFocusBack = useRestoreFocusTarget();
  const what = credentialKindLabels[credential.kind];
  const named = credentialTitle(credential, provider.credentials);
  const close = () => {
    setAsking(false);
    retire.reset();
  };
  // Not as callbacks of the change: the row is gone by then, and they would be dropped.
  const act = async () => {
    const params = { providerId: provider.id, credentialId: credential.id };
    await retire.mutateAsync({ params });
    notify('success', `${what} retired`, 'Delete it in Entra, too.');
  };
  return (
    <>
      <Button
        {...takesFocusBack}
        {...(appearance === 'primary' ? { appearance } : { size: 'small' })}
        aria-label={`Retire ${named}`}
        onClick={() => setAsking(true)}
      >
        {appearance === 'primary' ? `Retire ${named}` : 'Retire'}
      </Button>
      <ConfirmDialog
        open={asking}
        title={`Retire ${named}?`}
        confirm={`Retire ${what.toLowerCase()}`}
        busy={retire.isPending}
        onCancel={close}
        onConfirm={() => void act().catch(() => undefined)}
      >
        <Text>
          {credential.expiresAt !== null && `It expires ${dayText(credential.expiresAt)}. `}
          It is forgotten here, and can’t be brought back. Sign-ins don’t use it. In Entra it is
          good until it is deleted there.
        </Text>
        {retire.error !== null && <ProblemNotice error={retire.error} />}
      </ConfirmDialog>
    </>
  );
}
