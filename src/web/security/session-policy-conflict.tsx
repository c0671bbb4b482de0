import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  tokens,
} from '@fluentui/react-components';
import type { SecuritySettings } from '../../contract/security.ts';
import type { SessionPolicy } from '../../domain/session-policy.ts';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { policyFieldNames, policyFields, valueText, type PolicyField } from './policy-draft.ts';

const useStyles = makeStyles({
  conflict: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
});

/** Two people edited at once: both versions side by side, and what was typed is still there (R7). */
export function SessionPolicyConflict({
  current,
  mine,
  onKeepMine,
  onTakeTheirs,
}: {
  current: SecuritySettings;
  mine: SessionPolicy;
  onKeepMine: (mine: SessionPolicy) => void;
  onTakeTheirs: () => void;
}) {
  const styles = useStyles();
  const columns: Column<PolicyField>[] = [
    { header: 'Setting', isRowHeader: true, cell: (name) => policyFields[name].label },
    { header: 'There now', width: '140px', cell: (name) => valueText(name, current.sessionPolicy) },
    { header: 'Yours', width: '140px', cell: (name) => valueText(name, mine) },
  ];
  return (
    <div className={styles.conflict}>
      <MessageBar intent="warning" layout="multiline" role="alert">
        <MessageBarBody>
          <MessageBarTitle>Somebody else changed this in the meantime</MessageBarTitle> Nothing of
          yours is lost: compare, then decide.
        </MessageBarBody>
        <MessageBarActions>
          <Button onClick={() => onKeepMine(mine)}>Save mine over it</Button>
          <Button onClick={onTakeTheirs}>Take what is there</Button>
        </MessageBarActions>
      </MessageBar>
      <DataTable
        label="Both versions"
        columns={columns}
        rows={policyFieldNames}
        rowKey={(name) => name}
      />
    </div>
  );
}
