import { Field, Input, makeStyles, Switch, Text } from '@fluentui/react-components';
import {
  getSecuritySettings,
  putSecuritySettings,
  type SecuritySettings,
} from '../../contract/security.ts';
import { messagesByField } from '../api/revised-edits.ts';
import { useRevisedForm } from '../api/use-revised-form.ts';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EditConflict } from '../ui/edit-conflict.tsx';
import { fieldSentences } from '../ui/field-sentence.ts';
import { useNotify } from '../ui/notify.tsx';
import { SaveForm } from '../ui/save-form.tsx';
import { contextOf, contextText, draftOfContext } from './step-up-draft.ts';
import { StepUpExplained } from './step-up-explained.tsx';

const useStyles = makeStyles({ context: { maxWidth: '200px' } });

const contextPath = '/stepUpContext';

/** Edits what changes ask for (R19). Setting a context asks oneself for it first. */
export function StepUpForm({ settings }: { settings: SecuritySettings }) {
  const styles = useStyles();
  const notify = useNotify();
  const form = useRevisedForm({
    get: getSecuritySettings,
    put: putSecuritySettings,
    server: settings,
    read: ({ stepUpContext }) => draftOfContext(stepUpContext),
    write: (draft, { sessionPolicy }) => {
      const stepUpContext = contextOf(draft);
      return stepUpContext === undefined ? null : { sessionPolicy, stepUpContext };
    },
    onSaved: ({ stepUpContext }) =>
      notify(
        'success',
        stepUpContext === null ? 'Step-up is off' : `Changes ask for ${stepUpContext} from now on`,
      ),
  });
  const { draft, conflict } = form;
  const context = contextOf(draft);
  const refused = fieldSentences(messagesByField(form.fieldErrors, { context: contextPath }));
  const message = context === undefined ? 'Enter c1 to c99.' : refused.context;
  return (
    <SaveForm
      label="Step-up before changes"
      panel="Step-up before changes"
      form={form}
      atFields={draft.on ? [contextPath] : []}
    >
      <StepUpExplained />
      <Switch
        label="Ask for an authentication context"
        checked={draft.on}
        onChange={(_, { checked }) => form.edit({ ...draft, on: checked })}
      />
      {draft.on && (
        <Field
          label="Authentication context"
          required
          hint="c1 to c99, as Entra names it."
          {...(message === undefined ? {} : { validationMessage: message })}
        >
          <Input
            className={styles.context}
            autoComplete="off"
            value={draft.context}
            onChange={(_, data) => form.edit({ ...draft, context: data.value })}
          />
        </Field>
      )}
      {draft.on && (
        <Text size={200}>
          Saving asks you for it first: nobody can set one that they don’t satisfy themself.
        </Text>
      )}
      {conflict !== null && (
        <EditConflict
          mayKeepMine={context !== undefined}
          onKeepMine={form.saveOverTheirs}
          onKeepBoth={form.keepBoth}
          onTakeTheirs={form.takeTheirs}
        >
          <DataTable
            label="Both versions"
            columns={versions(conflict.stepUpContext, context)}
            rows={['context']}
            rowKey={(row) => row}
          />
        </EditConflict>
      )}
    </SaveForm>
  );
}

function versions(theirs: string | null, mine: string | null | undefined): Column<string>[] {
  return [
    { header: 'Setting', isRowHeader: true, cell: () => 'Authentication context' },
    { header: 'There now', width: '140px', cell: () => contextText(theirs) },
    { header: 'Yours', width: '140px', cell: () => contextText(mine) },
  ];
}
