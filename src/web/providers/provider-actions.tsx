import { Button, useRestoreFocusTarget } from '@fluentui/react-components';
import { DeleteRegular, EditRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { promoteProvider, type Provider } from '../../contract/sign-in-providers.ts';
import { useChange } from '../api/hooks.ts';
import { failureWords } from '../ui/failure-words.ts';
import { paths } from '../paths.ts';
import { PageButton } from '../ui/links.tsx';
import { useNotify } from '../ui/notify.tsx';
import { RemovalDialog } from './removal-dialog.tsx';

/** What can be done with a provider as a whole. */
export function ProviderActions({ provider }: { provider: Provider }) {
  const { id: providerId, source, status, primary } = provider;
  const [removing, setRemoving] = useState<'retire' | 'delete' | null>(null);
  const takesFocusBack = useRestoreFocusTarget();
  const changeable = source === 'portal';
  return (
    <>
      {status === 'active' && !primary && <Promote provider={provider} />}
      {changeable && (
        <>
          <PageButton to={paths.editProvider({ providerId })} icon={<EditRegular />}>
            Edit
          </PageButton>
          {status === 'active' && (
            <Button {...takesFocusBack} onClick={() => setRemoving('retire')}>
              Retire
            </Button>
          )}
          <Button
            {...takesFocusBack}
            icon={<DeleteRegular />}
            onClick={() => setRemoving('delete')}
          >
            Delete
          </Button>
        </>
      )}
      {removing !== null && (
        <RemovalDialog provider={provider} kind={removing} onClose={() => setRemoving(null)} />
      )}
    </>
  );
}

function Promote({ provider: { id: providerId, name } }: { provider: Provider }) {
  const promote = useChange(promoteProvider);
  const notify = useNotify();
  const act = () =>
    promote.mutate(
      { params: { providerId } },
      {
        onSuccess: () =>
          notify('success', `SSO Sign-in uses ${name}`, 'The one before stands below it.'),
        onError: (error) => {
          const { title, detail } = failureWords(error);
          notify('error', title, detail);
        },
      },
    );
  return (
    <Button appearance="primary" disabledFocusable={promote.isPending} onClick={act}>
      Use for SSO Sign-in
    </Button>
  );
}
