import { Badge, Text } from '@fluentui/react-components';
import { limitedRoles, type ConsoleRules } from '../../domain/console-rules.ts';
import { roleLabels } from '../../domain/role.ts';
import { rulesKey } from '../ui/console-rules-words.ts';
import { RuleList } from '../ui/console-rules-view.tsx';
import { useSettingStyles } from './setting-styles.ts';

interface RuleChangesProps {
  readonly before: ConsoleRules;
  readonly after: ConsoleRules;
}

/** The rules that an edit changes, as they are now. */
export function RuleChanges({ before, after }: RuleChangesProps) {
  const styles = useSettingStyles();
  const changed = limitedRoles.filter((role) => rulesKey(before[role]) !== rulesKey(after[role]));
  return changed.map((role) => (
    <div key={role} className={styles.row}>
      <Badge appearance="tint" color="warning">
        Changed
      </Badge>
      <Text>{`${roleLabels[role]} had before:`}</Text>
      <div>
        <RuleList rules={before[role]} />
      </div>
    </div>
  ));
}
