import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
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
export function SaveForm({ label, form, atFields, children }: SaveFormProps) {
  const styles = useStyles();
  const { dirty, saving, maySave, failure, save, reset } = form;
  useUnsaved(dirty && !saving);
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
      {children}
      {failure !== null && <ProblemNotice error={failure} atFields={atFields} />}
      <SaveActions dirty={dirty} saving={saving} maySave={maySave} onDiscard={reset} />
    </form>
  );
}
