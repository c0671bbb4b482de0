import { mappingAnswer } from '../../contract/group-mapping.ts';
import {
  getPortalAccess,
  putPortalAccess,
  type PortalAccess,
} from '../../contract/portal-access.ts';
import type { GroupMapping } from '../../domain/group-mapping.ts';
import type { Role } from '../../domain/role.ts';
import { messagesByField } from '../api/revised-edits.ts';
import { useRevisedForm } from '../api/use-revised-form.ts';
import { fieldSentences } from '../ui/field-sentence.ts';
import { MappingFields } from '../ui/mapping-fields.tsx';
import { useNotify } from '../ui/notify.tsx';
import { Panel } from '../ui/panel.tsx';
import { SaveForm } from '../ui/save-form.tsx';
import { PortalAccessConflict } from './portal-access-conflict.tsx';

/** Edits portal access. */
export function PortalAccessForm({ access }: { access: PortalAccess }) {
  const notify = useNotify();
  const form = useRevisedForm({
    get: getPortalAccess,
    put: putPortalAccess,
    server: access,
    read: ({ permissions }): GroupMapping => permissions,
    write: (mapping) => ({ permissions: mappingAnswer(mapping) }),
    onSaved: () => notify('success', 'Portal access saved', 'It is in force from now on.'),
  });
  const { draft, conflict } = form;
  return (
    <SaveForm form={form} atFields={Object.values(requestPaths)}>
      <Panel title="Groups for each role">
        <MappingFields
          value={draft}
          hints={hints}
          errors={fieldSentences(messagesByField(form.fieldErrors, requestPaths))}
          onChange={form.edit}
        />
      </Panel>
      {conflict !== null && (
        <PortalAccessConflict
          current={conflict}
          mine={draft}
          onKeepMine={form.saveOverTheirs}
          onKeepBoth={form.keepBoth}
          onTakeTheirs={form.takeTheirs}
        />
      )}
    </SaveForm>
  );
}

const hints: Readonly<Record<Role, string>> = {
  admin:
    'May do everything in the portal. At least one group is needed, and you can’t take Admin from yourself.',
  securityAnalyst: 'See settings and activity, and change nothing.',
  readOnly: 'See the inventory and their own access.',
};

const requestPaths: Readonly<Record<Role, string>> = {
  admin: '/permissions/admin',
  securityAnalyst: '/permissions/securityAnalyst',
  readOnly: '/permissions/readOnly',
};
