import { Badge, makeStyles, tokens } from '@fluentui/react-components';
import type { Provider } from '../../contract/sign-in-providers.ts';
import { useNow } from '../ui/use-now.ts';
import { statusBadges } from './provider-words.ts';

const useStyles = makeStyles({
  badges: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
  // A long badge takes two lines rather than widening its column.
  badge: { height: 'auto', minHeight: '20px', textAlign: 'start' },
});

/** Everything that there is to say of a provider’s state. */
export function StatusBadges({ provider }: { provider: Provider }) {
  const styles = useStyles();
  const now = useNow();
  return (
    <span className={styles.badges}>
      {statusBadges(provider, now).map(({ text, color }) => (
        <Badge key={text} appearance="tint" color={color} className={styles.badge}>
          {text}
        </Badge>
      ))}
    </span>
  );
}
