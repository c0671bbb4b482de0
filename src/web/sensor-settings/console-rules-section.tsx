import { Subtitle2, Text } from '@fluentui/react-components';
import { useFormContext, useWatch } from 'react-hook-form';
import { limitedRoles } from '../../domain/console-rules.ts';
import { RoleRules } from './role-rules.tsx';
import { RuleTester } from './rule-tester.tsx';
import type { SettingDraft } from './setting-draft.ts';
import { useSettingStyles } from './setting-styles.ts';

/** Console rules: what the limited roles may do in a console that knows no roles. */
export function ConsoleRulesSection() {
  const styles = useSettingStyles();
  const { control } = useFormContext<SettingDraft>();
  const rules = useWatch({ control, name: 'consoleRules' });
  return (
    <section className={styles.stack} aria-labelledby="console-rules">
      <div className={styles.tight}>
        <Subtitle2 as="h3" id="console-rules" className={styles.heading}>
          Console rules
        </Subtitle2>
        <Text className={styles.muted}>
          For consoles that know no roles: the gate lets through what a role may, and refuses the
          rest. Admin is never limited.
        </Text>
      </div>
      {limitedRoles.map((role) => (
        <RoleRules key={role} role={role} />
      ))}
      <RuleTester rules={rules} />
    </section>
  );
}
