import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { limitedRoles, type ConsoleRule, type ConsoleRules } from '../../domain/console-rules.ts';
import { roleLabels } from '../../domain/role.ts';
import { ruleText, rulesText } from './console-rules-words.ts';
import { Fact, Facts } from './facts.tsx';

const useStyles = makeStyles({
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL },
  soft: { color: tokens.colorNeutralForeground3 },
});

/** What each role may do in a console that knows no roles. */
export function ConsoleRulesView({ rules }: { rules: ConsoleRules }) {
  return (
    <Facts>
      <Fact term={roleLabels.admin}>Everything</Fact>
      {limitedRoles.map((role) => (
        <Fact key={role} term={roleLabels[role]}>
          <RuleList rules={rules[role]} />
        </Fact>
      ))}
    </Facts>
  );
}

/** Rules of one role, in the order in which they are asked. */
export function RuleList({ rules }: { rules: readonly ConsoleRule[] }) {
  const styles = useStyles();
  if (rules.length < 2) return rulesText(rules);
  return (
    <>
      <ol className={styles.list}>
        {rules.map((rule, index) => (
          // Rules have no names of their own: their place is what they are.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index}>{ruleText(rule)}</li>
        ))}
      </ol>
      <Text size={200} className={styles.soft}>
        The first that matches decides; what none matches is refused.
      </Text>
    </>
  );
}
