import {
  Button,
  Checkbox,
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Text,
  tokens,
  useRestoreFocusTarget,
} from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { getGateKeys, rotateGateKey } from '../../contract/gates.ts';
import { paths } from '../paths.ts';
import { endpointKey, useChange } from '../api/hooks.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { PageLink } from '../ui/links.tsx';
import { useNotify } from '../ui/notify.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

const useStyles = makeStyles({
  stack: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalM,
  },
});

interface RotateKeyProps {
  /** A next key was announced. */
  readonly rotating: boolean;
  /** Gates that don't know it yet. */
  readonly gatesToInform: number;
}

/** A rotation in two steps: the next key is announced, and signs once the gates know it. */
export function RotateKey({ rotating, gatesToInform }: RotateKeyProps) {
  const styles = useStyles();
  const [asking, setAsking] = useState(false);
  const takesFocusBack = useRestoreFocusTarget();
  return (
    <div className={styles.stack}>
      {rotating ? <HowFar gatesToInform={gatesToInform} /> : null}
      <Button {...takesFocusBack} onClick={() => setAsking(true)}>
        {rotating ? 'Activate the next key' : 'Rotate key'}
      </Button>
      {asking ? (
        <AskToRotate
          step={rotating ? 'activate' : 'announce'}
          gatesToInform={gatesToInform}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </div>
  );
}

function HowFar({ gatesToInform }: { gatesToInform: number }) {
  if (gatesToInform === 0) {
    return (
      <MessageBar intent="success" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>Every gate knows the next key</MessageBarTitle> It can be activated
          without anybody noticing.
        </MessageBarBody>
      </MessageBar>
    );
  }
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{`${gateCount(gatesToInform)} not know the next key yet`}</MessageBarTitle>{' '}
        Connected gates learn of it with their next bundle, within seconds; those that are{' '}
        <PageLink to={`${paths.sensors()}?delivery=disconnected`}>disconnected</PageLink>, when they
        are back. The page keeps count.
      </MessageBarBody>
    </MessageBar>
  );
}

function gateCount(count: number): string {
  return count === 1 ? '1 gate does' : `${count} gates do`;
}

interface AskToRotateProps {
  readonly step: 'announce' | 'activate';
  readonly gatesToInform: number;
  readonly onClose: () => void;
}

function AskToRotate({ step: nextStep, gatesToInform, onClose }: AskToRotateProps) {
  const styles = useStyles();
  const notify = useNotify();
  const queries = useQueryClient();
  const rotate = useChange(rotateGateKey);
  // What was acknowledged is a number: another one has to be acknowledged anew.
  const [acknowledged, setAcknowledged] = useState<number | null>(null);
  // The step that was asked about, also when it is done and the next one comes up.
  const [step] = useState(nextStep);
  const activating = step === 'activate';
  const leavesOut = activating && gatesToInform > 0;
  const act = () =>
    rotate.mutate(
      { body: { step, acknowledgesGates: leavesOut ? gatesToInform : 0 } },
      {
        onSuccess: () => {
          onClose();
          notify(
            'success',
            activating ? 'The next key signs from now on' : 'The next key is announced',
          );
        },
        // Somebody else may have taken the step, or the count is another by now.
        onError: () => void queries.invalidateQueries({ queryKey: endpointKey(getGateKeys.path) }),
      },
    );
  return (
    <ConfirmDialog
      open
      title={activating ? 'Activate the next key?' : 'Rotate the signing key?'}
      confirm={activating ? 'Activate key' : 'Announce the next key'}
      busy={rotate.isPending}
      disabled={leavesOut && acknowledged !== gatesToInform}
      onConfirm={act}
      onCancel={onClose}
    >
      <div className={styles.stack}>
        {activating ? (
          <Text>
            Bundles are signed with the next key from then on, and the current one counts no more.
          </Text>
        ) : (
          <Text>
            A next key is made, and made known to the gates in bundles that the current key signs.
            Nothing else changes until you activate it, which is the second step.
          </Text>
        )}
        {leavesOut ? (
          <>
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody>
                <MessageBarTitle>
                  {`${gateCount(gatesToInform)} not know the next key`}
                </MessageBarTitle>{' '}
                They would refuse every bundle from then on, and must be enrolled again. Until then
                they go on with what they have, and no change reaches them.
              </MessageBarBody>
            </MessageBar>
            <Checkbox
              label={`I will enrol ${gatesToInform === 1 ? 'that gate' : `those ${gatesToInform} gates`} again`}
              checked={acknowledged === gatesToInform}
              onChange={(_, data) => setAcknowledged(data.checked === true ? gatesToInform : null)}
            />
          </>
        ) : null}
        {rotate.error === null ? null : <ProblemNotice error={rotate.error} />}
      </div>
    </ConfirmDialog>
  );
}
