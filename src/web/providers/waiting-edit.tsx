import { Button, Text, useRestoreFocusTarget } from '@fluentui/react-components';
import { useState } from 'react';
import { dropProviderDraft, type Provider } from '../../contract/sign-in-providers.ts';
import { useChange } from '../api/hooks.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { GroupList } from '../ui/group-list.tsx';
import { useNotify } from '../ui/notify.tsx';
import { Panel } from '../ui/panel.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { draftOfRegistration } from './provider-draft.ts';
import { VersionTable } from './version-table.tsx';

/** What was entered since the last verification, beside what serves meanwhile. */
export function WaitingEdit({ provider, mayEdit }: { provider: Provider; mayEdit: boolean }) {
  const { draft, verified, draftPortalAccess } = provider;
  if (draftPortalAccess !== null && verified === null) {
    return (
      <Panel title="Portal access that comes with it">
        <Text>Admin</Text>
        <GroupList groups={draftPortalAccess.admin} showIds />
      </Panel>
    );
  }
  if (draft === null || verified === null) return null;
  return (
    <Panel
      title="Edit waits for verification"
      aside={mayEdit ? <DropEdit provider={provider} /> : undefined}
    >
      <VersionTable
        label="What serves, and what waits"
        one={{
          header: provider.status === 'active' ? 'Serves now' : 'Verified before',
          draft: draftOfRegistration(verified),
        }}
        other={{ header: 'Waits', draft: draftOfRegistration(draft) }}
      />
    </Panel>
  );
}

function DropEdit({ provider: { id: providerId, revision } }: { provider: Provider }) {
  const drop = useChange(dropProviderDraft);
  const notify = useNotify();
  const [asking, setAsking] = useState(false);
  const takesFocusBack = useRestoreFocusTarget();
  // Not as callbacks of the change: this panel is gone by then, and they would be dropped.
  const act = async () => {
    await drop.mutateAsync({ params: { providerId }, ifMatch: revision });
    notify('success', 'Edit dropped', 'What was verified stays as it is.');
  };
  return (
    <>
      <Button {...takesFocusBack} size="small" onClick={() => setAsking(true)}>
        Drop the edit
      </Button>
      <ConfirmDialog
        open={asking}
        title="Drop the edit?"
        confirm="Drop the edit"
        busy={drop.isPending}
        onCancel={() => setAsking(false)}
        onConfirm={() => void act().catch(() => undefined)}
      >
        What was entered is removed. What was verified stays as it is.
        {drop.error !== null && <ProblemNotice error={drop.error} />}
      </ConfirmDialog>
    </>
  );
}
