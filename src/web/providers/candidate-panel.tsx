import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { deleteProviderCandidate, type ProviderCandidate } from '../../contract/providers.ts';
import { useChange } from '../api/hooks.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Panel } from '../ui/panel.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { TrialResult } from './trial-result.tsx';
import { useProviderTrial } from './use-provider-trial.ts';

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  facts: { overflowWrap: 'anywhere' },
});

/** A provider that was entered and not tried yet: it signs nobody in. */
export function CandidatePanel({
  candidate,
  activated,
  justSaved,
  onActivated,
}: {
  candidate: ProviderCandidate;
  activated: boolean;
  /** Somebody waits for it to appear: it takes the focus. */
  justSaved: boolean;
  /** Must stay the same function. */
  onActivated: (candidate: ProviderCandidate) => void;
}) {
  const styles = useStyles();
  const drop = useChange(deleteProviderCandidate);
  const [dropping, setDropping] = useState(false);
  const trial = useProviderTrial(candidate, onActivated);
  const actions = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (justSaved) actions.current?.querySelector('button')?.focus();
  }, [justSaved]);
  const working = trial.state.kind === 'signingIn' || trial.state.kind === 'checking';
  return (
    <Panel title={activated ? 'Verified' : 'Verify to activate'}>
      <Text className={styles.facts}>
        Tenant {candidate.provider.tenantId}, client {candidate.provider.clientId}.{' '}
        {!activated &&
          'It signs nobody in yet. Verify it with your own account: a window opens with Microsoft’s sign-in and its consent screen, then every check is shown here.'}
      </Text>
      <TrialResult state={trial.state} />
      {!activated && (
        <div ref={actions} className={styles.actions}>
          <Button appearance="primary" onClick={trial.start}>
            {working ? 'Open the window again' : 'Verify Integration'}
          </Button>
          {trial.state.kind === 'blocked' && (
            <Button onClick={trial.startHere}>Verify in this tab</Button>
          )}
          <Button onClick={() => setDropping(true)}>Drop the candidate</Button>
        </div>
      )}
      {drop.error !== null && <ProblemNotice error={drop.error} />}
      <ConfirmDialog
        open={dropping}
        title="Drop the candidate?"
        confirm="Drop the candidate"
        busy={drop.isPending}
        onCancel={() => setDropping(false)}
        onConfirm={() => drop.mutate({}, { onSettled: () => setDropping(false) })}
      >
        What was entered for it is removed. The provider in force stays as it is.
      </ConfirmDialog>
    </Panel>
  );
}
