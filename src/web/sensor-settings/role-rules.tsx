import { Badge, Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { ChevronDownRegular, ChevronRightRegular } from '@fluentui/react-icons';
import { useId, useState } from 'react';
import { defaultConsoleRules, type LimitedRole } from '../../domain/console-rules.ts';
import { roleLabels } from '../../domain/role.ts';
import { rulesKey, rulesText } from '../ui/console-rules-words.ts';
import { ChoiceMessage } from './choice-message.tsx';
import { RuleListEditor } from './rule-list-editor.tsx';
import { useSettingStyles } from './setting-styles.ts';
import { useDraftField } from './use-draft-field.ts';

const useStyles = makeStyles({
  card: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalM,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
});

/** The rules of one role: said in words, and opened to be edited. */
export function RoleRules({ role }: { readonly role: LimitedRole }) {
  const own = useStyles();
  const styles = useSettingStyles();
  const { focusTarget, ...field } = useDraftField(`consoleRules.${role}`);
  const usual = defaultConsoleRules[role];
  const isDefault = rulesKey(field.value) === rulesKey(usual);
  const [wanted, setWanted] = useState(false);
  const editor = useId();
  const open = wanted || field.message !== undefined;
  return (
    <div className={own.card}>
      <div className={styles.spread}>
        <div className={styles.row}>
          <Text weight="semibold">{roleLabels[role]}</Text>
          <Text>{rulesText(field.value)}</Text>
          {isDefault ? <Badge appearance="outline">Default</Badge> : null}
        </div>
        <Button
          ref={focusTarget}
          size="small"
          appearance="subtle"
          icon={open ? <ChevronDownRegular /> : <ChevronRightRegular />}
          aria-expanded={open}
          aria-controls={editor}
          aria-label={`Edit the rules of ${roleLabels[role]}`}
          onClick={() => setWanted(!open)}
        >
          Edit rules
        </Button>
      </div>
      <ChoiceMessage message={field.message} />
      <div id={editor} hidden={!open}>
        {open ? (
          <RuleListEditor
            role={role}
            rules={field.value}
            showsAll={field.message !== undefined}
            onChange={field.onChange}
            onReset={isDefault ? null : () => field.onChange(usual)}
          />
        ) : null}
      </div>
    </div>
  );
}
