import {
  Button,
  DialogActions,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Text,
} from '@fluentui/react-components';
import type { DeliveryStatus, Gate } from '../../contract/gates.ts';
import type { SensorSummary } from '../../contract/inventory.ts';
import { AlertDialog } from '../ui/alert-dialog.tsx';
import { DeliveryBadge } from '../ui/delivery-badge.tsx';
import { Loading } from '../ui/loading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { deliverySentence } from './delivery-sentence.ts';
import { EnrolmentForm, enrolmentFormId } from './enrolment-form.tsx';
import { EnrolmentSteps } from './enrolment-steps.tsx';
import { useInventoryStyles } from './inventory-styles.ts';
import type { Enrolment } from './use-enrolment.ts';

interface EnrolmentDialogProps {
  readonly enrolment: Enrolment;
  readonly sensor: SensorSummary;
  readonly gate: Gate | null;
  readonly delivery: DeliveryStatus;
}

/** One command to run on the sensor, and what came of it. Closing it takes nothing back. */
export function EnrolmentDialog(props: EnrolmentDialogProps) {
  const { enrolment, sensor, gate } = props;
  const { kind } = enrolment.state;
  const asks = kind === 'none' || kind === 'expired' || kind === 'failed';
  return (
    <AlertDialog
      title={
        gate === null || kind === 'done'
          ? `Enrol a gate for ${sensor.name}`
          : `Enrol the gate of ${sensor.name} again`
      }
      onClose={enrolment.close}
      actions={
        <DialogActions>
          {asks ? (
            <Button appearance="primary" type="submit" form={enrolmentFormId}>
              {kind === 'expired' ? 'Make a new command' : 'Show the command'}
            </Button>
          ) : null}
          <Button appearance={kind === 'done' ? 'primary' : 'secondary'} onClick={enrolment.close}>
            {asks ? 'Cancel' : 'Close'}
          </Button>
        </DialogActions>
      }
    >
      <Content {...props} />
    </AlertDialog>
  );
}

function Content({ enrolment, gate, delivery }: EnrolmentDialogProps) {
  const styles = useInventoryStyles();
  const { state } = enrolment;
  const form = <EnrolmentForm enrolment={enrolment} />;
  switch (state.kind) {
    case 'making':
      return <Loading what="the command" />;
    case 'failed':
      return (
        <div className={styles.stack}>
          <ProblemNotice error={state.error} />
          {form}
        </div>
      );
    case 'waiting':
      return <EnrolmentSteps issued={state.issued} />;
    case 'expired':
      return (
        <div className={styles.stack}>
          <MessageBar intent="warning" layout="multiline" role="alert">
            <MessageBarBody>
              <MessageBarTitle>The command has expired unused</MessageBarTitle> It was good for 15
              minutes. Nothing has changed at the sensor.
            </MessageBarBody>
          </MessageBar>
          {form}
        </div>
      );
    case 'done':
      return (
        <div className={styles.stack}>
          <MessageBar intent="success" layout="multiline" role="alert">
            <MessageBarBody>
              <MessageBarTitle>The gate is enrolled</MessageBarTitle> It proves itself with its own
              key, which never leaves the sensor.
            </MessageBarBody>
          </MessageBar>
          <div className={styles.row}>
            <DeliveryBadge state={delivery.state} />
            <span>{deliverySentence(delivery)}</span>
          </div>
          {delivery.state === 'disconnected' ? (
            <Text>
              Now start it on the sensor: <code>gatehouse gate run --upstream …</code>, with the
              address of the console. The command that enrolled it says how.
            </Text>
          ) : null}
        </div>
      );
    default:
      return (
        <div className={styles.stack}>
          {gate === null ? null : <WhatItReplaces />}
          {form}
        </div>
      );
  }
}

function WhatItReplaces() {
  const styles = useInventoryStyles();
  return (
    <ul className={styles.list}>
      <li>The gate that is enrolled now goes on until the new one takes its place.</li>
      <li>From then on its key counts no more, and its open sessions end.</li>
      <li>
        It is the way after the sensor was set up anew, or when its key may have been copied. A
        change of a setting doesn’t need it.
      </li>
    </ul>
  );
}
