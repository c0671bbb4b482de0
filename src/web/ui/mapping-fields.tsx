import { makeStyles, tokens } from '@fluentui/react-components';
import type { GroupMapping } from '../../domain/group-mapping.ts';
import { roleLabels, roles, type Role } from '../../domain/role.ts';
import { GroupPicker } from './group-picker.tsx';

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXL },
});

/** Groups for each role, highest role first. */
export function MappingFields({
  value,
  onChange,
  hints = {},
  errors = {},
}: {
  value: GroupMapping;
  onChange: (mapping: GroupMapping) => void;
  hints?: Partial<Record<Role, string>>;
  errors?: Partial<Record<Role, string>>;
}) {
  const styles = useStyles();
  return (
    <div className={styles.fields}>
      {roles.map((role) => (
        <GroupPicker
          key={role}
          label={roleLabels[role]}
          required={role === 'admin'}
          value={value[role]}
          onChange={(groups) => onChange({ ...value, [role]: groups })}
          {...(hints[role] === undefined ? {} : { hint: hints[role] })}
          error={errors[role]}
        />
      ))}
    </div>
  );
}
