import { Badge } from '@fluentui/react-components';
import { EyeRegular, PersonSearchRegular, ShieldKeyholeRegular } from '@fluentui/react-icons';
import { roleLabels, type Role } from '../../domain/role.ts';

const looks = {
  admin: { color: 'brand', icon: <ShieldKeyholeRegular /> },
  securityAnalyst: { color: 'informative', icon: <PersonSearchRegular /> },
  readOnly: { color: 'informative', icon: <EyeRegular /> },
} as const;

/** A role by its label; "No role" where there is none. */
export function RoleBadge({ role }: { role: Role | null }) {
  if (role === null) {
    return (
      <Badge appearance="outline" color="informative">
        No role
      </Badge>
    );
  }
  const { color, icon } = looks[role];
  return (
    <Badge appearance={role === 'readOnly' ? 'outline' : 'tint'} color={color} icon={icon}>
      {roleLabels[role]}
    </Badge>
  );
}
