import { LockClosedRegular } from '@fluentui/react-icons';
import { permissions, type Permission } from '../../domain/permissions.ts';
import { roleLabels } from '../../domain/role.ts';
import { EmptyState } from './empty-state.tsx';

const places = { portal: 'in the portal', target: 'in the portal or at a site' } as const;

/** In place of a page that one's role doesn't show: which role does, as the table of permissions has it. */
export function NotForYourRole({ permission }: { permission: Permission }) {
  const { label, role, scope } = permissions[permission];
  return (
    <EmptyState title="Your role doesn’t show this page" icon={<LockClosedRegular />}>
      {`“${label}” needs the role ${roleLabels[role]}${role === 'admin' ? '' : ' or higher'}, ${places[scope]}. What you may do where, and why, is on My access; for more, ask an Admin of the portal.`}
    </EmptyState>
  );
}
