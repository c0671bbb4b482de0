import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { AddRegular, ArrowResetRegular } from '@fluentui/react-icons';
import { useEffect, useRef, useState } from 'react';
import type { ConsoleRule, LimitedRole } from '../../domain/console-rules.ts';
import { roleLabels } from '../../domain/role.ts';
import { Announcement } from '../ui/announcement.tsx';
import {
  changedRule,
  hiddenBy,
  mostRules,
  movedRule,
  placeOfNewRule,
  withoutRule,
  withRule,
} from './rule-edits.ts';
import { RuleRow, type RuleControl } from './rule-row.tsx';
import { useSettingStyles } from './setting-styles.ts';

const useStyles = makeStyles({
  list: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
});

interface RuleListEditorProps {
  readonly role: LimitedRole;
  readonly rules: readonly ConsoleRule[];
  /** Say what is wrong with rules that nothing was entered for, too. */
  readonly showsAll: boolean;
  readonly onChange: (rules: readonly ConsoleRule[]) => void;
  /** Null: the rules are the default. */
  readonly onReset: (() => void) | null;
}

/** Rules in their order: added, changed, moved and taken away, by keyboard too. */
export function RuleListEditor({ role, rules, showsAll, onChange, onReset }: RuleListEditorProps) {
  const own = useStyles();
  const styles = useSettingStyles();
  const list = useRef<HTMLOListElement>(null);
  const [focused, setFocused] = useState<{ index: number; control: RuleControl } | null>(null);
  const [said, setSaid] = useState('');

  // The focus goes with what was moved or added, not with the place where it was.
  useEffect(() => {
    if (focused === null) return;
    const row = list.current?.children.item(focused.index);
    const control = row?.querySelector<HTMLElement>(`[data-control="${focused.control}"]`);
    (control ?? list.current?.parentElement?.querySelector<HTMLElement>('[data-add]'))?.focus();
  }, [focused]);

  function move(index: number, by: -1 | 1) {
    onChange(movedRule(rules, index, by));
    const to = index + by;
    const atEnd = by < 0 ? to === 0 : to === rules.length - 1;
    const way = by < 0 ? 'up' : 'down';
    setFocused({ index: to, control: atEnd ? (by < 0 ? 'down' : 'up') : way });
    setSaid(`Rule ${index + 1} is now rule ${to + 1} of ${rules.length}`);
  }

  function remove(index: number) {
    onChange(withoutRule(rules, index));
    setFocused({ index: Math.min(index, rules.length - 2), control: 'remove' });
    setSaid(`Rule ${index + 1} removed`);
  }

  function add() {
    onChange(withRule(rules));
    const place = placeOfNewRule(rules);
    setFocused({ index: place, control: 'path' });
    setSaid(`Rule ${place + 1} added`);
  }

  return (
    <div className={styles.stack}>
      {rules.length === 0 ? (
        <Text>{`Without a rule ${roleLabels[role]} may do nothing in the console.`}</Text>
      ) : null}
      <ol ref={list} className={own.list} aria-label={`Rules of ${roleLabels[role]}, in order`}>
        {rules.map((rule, index) => (
          <RuleRow
            // Rules have no names of their own: their place is what they are.
            // oxlint-disable-next-line react/no-array-index-key
            key={index}
            rule={rule}
            index={index}
            count={rules.length}
            showsProblem={showsAll}
            hiddenBy={hiddenBy(rules, index)}
            onChange={(change) => onChange(changedRule(rules, index, change))}
            onMove={(by) => move(index, by)}
            onRemove={() => remove(index)}
          />
        ))}
      </ol>
      <div className={styles.row}>
        <Button
          data-add
          icon={<AddRegular />}
          disabledFocusable={rules.length >= mostRules}
          onClick={add}
        >
          Add a rule
        </Button>
        {onReset === null ? null : (
          <Button appearance="subtle" icon={<ArrowResetRegular />} onClick={onReset}>
            Reset to default
          </Button>
        )}
      </div>
      <Text size={200} className={styles.muted}>
        The first rule that matches decides; what none matches is refused. In a path, * stands for
        one segment or a part of one, and ** at the end for everything below.
      </Text>
      <Announcement text={said} />
    </div>
  );
}
