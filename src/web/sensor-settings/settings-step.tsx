import {
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  Subtitle2,
  Text,
} from '@fluentui/react-components';
import { useFormContext, useFormState, useWatch } from 'react-hook-form';
import { roleLabels, roles, type Role } from '../../domain/role.ts';
import { GroupPicker } from '../ui/group-picker.tsx';
import { AllowRules } from './allow-rules.tsx';
import { ChoiceMessage } from './choice-message.tsx';
import { ConsoleRulesSection } from './console-rules-section.tsx';
import { groupsInSeveralRoles } from './group-overlap.ts';
import type { SettingDraft } from './setting-draft.ts';
import { useSettingStyles } from './setting-styles.ts';
import { shownMessage, useDraftField } from './use-draft-field.ts';

const roleHints: Readonly<Record<Role, string>> = {
  admin: 'Everything on the sensor, its system settings and users included.',
  securityAnalyst: 'Works on alerts and devices; no system settings.',
  readOnly: 'Looks at dashboards, alerts and devices; changes nothing.',
};

/** Settings: the application, Permissions management, Console rules, and the outbound allow rules. */
export function SettingsStep() {
  const styles = useSettingStyles();
  return (
    <div className={styles.form}>
      <IdField
        name="clientId"
        label="Application name"
        hint="The application’s ID: Application (client) ID of its registration in Entra ID."
      />
      <IdField
        name="tenantId"
        label="Tenant"
        hint="Directory (tenant) ID. Filled in with the directory that this portal signs in with."
      />
      <PermissionsManagement />
      <ConsoleRulesSection />
      <AllowRules />
    </div>
  );
}

interface IdFieldProps {
  readonly name: 'clientId' | 'tenantId';
  readonly label: string;
  readonly hint: string;
}

function IdField({ name, label, hint }: IdFieldProps) {
  const { focusTarget, ...field } = useDraftField(name);
  return (
    <Field label={label} required hint={hint} {...shownMessage(field.message)}>
      <Input
        ref={focusTarget}
        value={field.value}
        placeholder="6f1c8a52-3b1e-4c3d-9d0e-2a7b51c0f9ee"
        autoComplete="off"
        spellCheck={false}
        onBlur={field.onBlur}
        onChange={(_, data) => field.onChange(data.value)}
      />
    </Field>
  );
}

function PermissionsManagement() {
  const styles = useSettingStyles();
  const { control } = useFormContext<SettingDraft>();
  const mapping = useWatch({ control, name: 'permissions' });
  const message = useFormState({ control }).errors.permissions?.message;
  const overlap = groupsInSeveralRoles(mapping);
  return (
    <section className={styles.stack} aria-labelledby="permissions-management">
      <div className={styles.tight}>
        <Subtitle2 as="h3" id="permissions-management" className={styles.heading}>
          Permissions management
        </Subtitle2>
        <Text className={styles.muted}>
          Groups of Entra ID for each role. Whoever is in several has the highest; whoever is in
          none is refused.
        </Text>
        <ChoiceMessage message={message} />
      </div>
      {roles.map((role) => (
        <RoleGroups key={role} role={role} />
      ))}
      {mapping.admin.length === 0 ? (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            Without an Admin group nobody administers the sensors through SSO. You can go on, and
            are asked to acknowledge it in Review and create.
          </MessageBarBody>
        </MessageBar>
      ) : null}
      {overlap.length === 0 ? null : (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            {`${overlap.join(', ')}: named for several roles. Its people have the highest of them.`}
          </MessageBarBody>
        </MessageBar>
      )}
    </section>
  );
}

function RoleGroups({ role }: { readonly role: Role }) {
  const { clearErrors } = useFormContext<SettingDraft>();
  const field = useDraftField(`permissions.${role}`);
  return (
    <GroupPicker
      label={roleLabels[role]}
      hint={roleHints[role]}
      value={field.value}
      onChange={(groups) => {
        field.onChange(groups);
        clearErrors('permissions');
      }}
      error={field.message}
    />
  );
}
