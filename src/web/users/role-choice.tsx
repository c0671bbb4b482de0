import { Field, Radio, RadioGroup } from '@fluentui/react-components';
import { roleLabels, roles, type Role } from '../../domain/role.ts';

const hints: Readonly<Record<Role, string>> = {
  admin: 'everything in the portal, these users included',
  securityAnalyst: 'sees settings and activity, and changes nothing',
  readOnly: 'sees the inventory and their own access',
};

/** A role in the portal. It opens no sensor’s console: only SSO settings do. */
export function RoleChoice({ value, onChange }: { value: Role; onChange: (role: Role) => void }) {
  return (
    <Field
      label="Role"
      hint="It counts in the portal, at every site. It doesn’t open a sensor’s console; only SSO settings do."
    >
      <RadioGroup
        value={value}
        onChange={(_, data) => onChange(roles.find((one) => one === data.value) ?? value)}
      >
        {roles.map((role) => (
          <Radio key={role} value={role} label={`${roleLabels[role]}: ${hints[role]}`} />
        ))}
      </RadioGroup>
    </Field>
  );
}
