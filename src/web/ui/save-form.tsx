import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { Panel } from './panel.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { SaveActions } from './save-actions.tsx';
import { useUnsaved } from './unsaved.ts';

const useStyles = makeStyles({
  form: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    maxWidth: '760px',
  },
});

interface SaveFormProps {
  /** Tells it from others on its page. */
  readonly label?: string;
  /** The title of the panel that holds all of it, with Save; absent where the form has panels in it. */
  readonly panel?: string;
  /** How what it edits stands; of `useRevisedForm`. */
  readonly form: {
    readonly dirty: boolean;
    readonly saving: boolean;
    readonly maySave: boolean;
    readonly failure: Error | null;
    readonly save: () => void;
    readonly reset: () => void;
  };
  /** Where in the request the fields are that show their own messages. */
  readonly atFields: readonly string[];
  /** The fields, and a conflict where there is one. */
  readonly children: ReactNode;
}

/** A form for one thing that is saved whole: its fields, why saving failed, and Save at its end. */
export function SaveForm({ label, panel, form, atFields, children }: SaveFormProps) {
  const styles = useStyles();
  const { dirty, saving, maySave, failure, save, reset } = form;
  useUnsaved(dirty && !saving);
  const whole = (
    <>
      {children}
      {failure !== null && <ProblemNotice error={failure} atFields={atFields} />}
      <SaveActions dirty={dirty} saving={saving} maySave={maySave} onDiscard={reset} />
    </>
  );
  return (
    <form
      aria-label={label}
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {panel === undefined ? whole : <Panel title={panel}>{whole}</Panel>}
    </form>
  );
}
