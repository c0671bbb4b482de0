import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { Panel } from '../ui/panel.tsx';

const useStyles = makeStyles({
  steps: {
    margin: 0,
    paddingLeft: tokens.spacingHorizontalXL,
    '& > li': { marginBottom: tokens.spacingVerticalM },
    '& > li::marker': { fontWeight: tokens.fontWeightSemibold },
  },
  intro: { color: tokens.colorNeutralForeground2 },
});

/** What to do in Entra, in the words of its admin center, with every value to copy. */
export function EntraSteps({ note, children }: { note?: string; children: ReactNode }) {
  const styles = useStyles();
  return (
    <Panel title="In the Microsoft Entra admin center">
      <Text size={200} className={styles.intro}>
        As at least an Application Developer; granting admin consent needs a Privileged Role
        Administrator.
      </Text>
      <ol className={styles.steps}>{children}</ol>
      {note !== undefined && (
        <Text size={200} className={styles.intro}>
          {note}
        </Text>
      )}
    </Panel>
  );
}

/** One step. `where`: the way through Entra’s menus. */
export function EntraStep({ where, children }: { where: readonly string[]; children: ReactNode }) {
  return (
    <li>
      <b>{where.join(' > ')}</b>
      <div>{children}</div>
    </li>
  );
}
