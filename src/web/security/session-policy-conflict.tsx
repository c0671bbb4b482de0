import type { SessionPolicy } from '../../domain/session-policy.ts';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EditConflict } from '../ui/edit-conflict.tsx';
import {
  checkPolicy,
  policyFieldNames,
  policyFields,
  valueText,
  type PolicyDraft,
  type PolicyField,
} from './policy-draft.ts';

interface SessionPolicyConflictProps {
  readonly current: SessionPolicy;
  readonly mine: PolicyDraft;
  readonly onKeepMine: () => void;
  readonly onKeepBoth: (() => void) | null;
  readonly onTakeTheirs: () => void;
}

/** What somebody else saved in the meantime, beside what was typed. */
export function SessionPolicyConflict(props: SessionPolicyConflictProps) {
  const { current, mine, onKeepMine, onKeepBoth, onTakeTheirs } = props;
  const { policy } = checkPolicy(mine);
  const columns: Column<PolicyField>[] = [
    { header: 'Setting', isRowHeader: true, cell: (name) => policyFields[name].label },
    { header: 'There now', width: '140px', cell: (name) => valueText(name, current) },
    {
      header: 'Yours',
      width: '140px',
      cell: (name) => (policy === null ? mine[name] : valueText(name, policy)),
    },
  ];
  return (
    <EditConflict
      mayKeepMine={policy !== null}
      onKeepMine={onKeepMine}
      onKeepBoth={onKeepBoth}
      onTakeTheirs={onTakeTheirs}
    >
      <DataTable
        label="Both versions"
        columns={columns}
        rows={policyFieldNames}
        rowKey={(name) => name}
      />
    </EditConflict>
  );
}
