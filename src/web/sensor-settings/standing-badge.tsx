import { Badge, makeStyles } from '@fluentui/react-components';
import { Warning12Filled } from '@fluentui/react-icons';
import type { TargetStanding } from './target-standing.ts';

const useStyles = makeStyles({
  // A setting's name may be long: the badge grows rather than cutting it.
  badge: { height: 'auto', minHeight: '20px', whiteSpace: 'normal' },
});

/** What a target holds already, and what choosing it does: a warning icon for a replacement. */
export function StandingBadge({ standing }: { readonly standing: TargetStanding }) {
  const styles = useStyles();
  if (standing.text === null) return null;
  if (standing.kind === 'replaces') {
    return (
      <Badge className={styles.badge} appearance="tint" color="warning" icon={<Warning12Filled />}>
        {standing.text}
      </Badge>
    );
  }
  return (
    <Badge
      className={styles.badge}
      appearance={standing.kind === 'inherits' ? 'ghost' : 'tint'}
      color="informative"
    >
      {standing.text}
    </Badge>
  );
}
