import { Field, Input, Text } from '@fluentui/react-components';
import { changeUser, getUser, type PortalUser } from '../../contract/users.ts';
import { roleLabels, type Role } from '../../domain/role.ts';
import { messagesByField } from '../api/revised-edits.ts';
import { useRevisedForm } from '../api/use-revised-form.ts';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EditConflict } from '../ui/edit-conflict.tsx';
import { fieldSentences } from '../ui/field-sentence.ts';
import { useNotify } from '../ui/notify.tsx';
import { RoleBadge } from '../ui/role-badge.tsx';
import { SaveForm } from '../ui/save-form.tsx';
import { RoleChoice } from './role-choice.tsx';

interface Draft {
  readonly name: string;
  readonly role: Role;
}

const namePath = '/name';

/** Edits a user's name and role; one's own role stays as it is. */
export function UserForm({ user }: { user: PortalUser }) {
  const notify = useNotify();
  const form = useRevisedForm({
    get: getUser,
    put: changeUser,
    params: { userId: user.id },
    server: user,
    read: ({ name, role }): Draft => ({ name, role }),
    write: ({ name, role }, { status }) => {
      const trimmed = name.trim();
      return trimmed === '' ? null : { name: trimmed, role, disabled: status === 'disabled' };
    },
    onSaved: ({ name }) => notify('success', `${name} saved`, 'It is in force from now on.'),
  });
  const { draft, conflict } = form;
  const refused = fieldSentences(messagesByField(form.fieldErrors, { name: namePath }));
  const empty = draft.name.trim() === '';
  const message = empty ? 'Enter a name.' : refused.name;
  return (
    <SaveForm panel="Name and role" form={form} atFields={[namePath]}>
      <Field
        label="Name"
        required
        {...(message === undefined ? {} : { validationMessage: message })}
      >
        <Input
          value={draft.name}
          maxLength={120}
          onChange={(_, data) => form.edit({ ...draft, name: data.value })}
        />
      </Field>
      {user.you ? (
        <OwnRole role={user.role} />
      ) : (
        <RoleChoice value={draft.role} onChange={(role) => form.edit({ ...draft, role })} />
      )}
      {conflict !== null && (
        <EditConflict
          mayKeepMine={!empty}
          onKeepMine={form.saveOverTheirs}
          onKeepBoth={form.keepBoth}
          onTakeTheirs={form.takeTheirs}
        >
          <DataTable
            label="Both versions"
            columns={versions(conflict, draft)}
            rows={['name', 'role', 'status'] as const}
            rowKey={(field) => field}
          />
        </EditConflict>
      )}
    </SaveForm>
  );
}

function OwnRole({ role }: { role: Role }) {
  return (
    <div>
      <Text block weight="semibold">
        Role
      </Text>
      <RoleBadge role={role} />
      <Text block>
        This is you. Nobody changes their own role, so that nobody gives themself more or locks
        themself out: another Admin can.
      </Text>
    </div>
  );
}

type Compared = 'name' | 'role' | 'status';

const labels: Readonly<Record<Compared, string>> = { name: 'Name', role: 'Role', status: 'Status' };

function versions(theirs: PortalUser, mine: Draft): Column<Compared>[] {
  const status = theirs.status === 'disabled' ? 'Disabled' : 'Not disabled';
  const there = { name: theirs.name, role: roleLabels[theirs.role], status };
  // The form doesn't change it: what is there stays.
  const yours = { name: mine.name, role: roleLabels[mine.role], status: 'As it is there' };
  return [
    { header: 'What', width: '120px', isRowHeader: true, cell: (field) => labels[field] },
    { header: 'There now', cell: (field) => there[field] },
    { header: 'Yours', cell: (field) => yours[field] },
  ];
}
