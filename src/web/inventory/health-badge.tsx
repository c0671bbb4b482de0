import { makeStyles, tokens } from '@fluentui/react-components';
import {
  CheckmarkCircle16Filled,
  ErrorCircle16Filled,
  Info16Regular,
  PlugDisconnected16Regular,
  Warning16Filled,
} from '@fluentui/react-icons';

const useStyles = makeStyles({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    whiteSpace: 'nowrap',
  },
  good: { color: tokens.colorStatusSuccessForeground1 },
  warn: { color: tokens.colorStatusWarningForeground1 },
  bad: { color: tokens.colorStatusDangerForeground1 },
  plain: { color: tokens.colorNeutralForeground3 },
});

/** A sensor's health as the export says it; the icon only helps the eye. */
export function Health({ health }: { readonly health: string }) {
  const styles = useStyles();
  return (
    <span className={styles.root}>
      {icon(health, styles)}
      {health === '' ? '–' : health}
    </span>
  );
}

function icon(health: string, styles: ReturnType<typeof useStyles>) {
  switch (health.toLowerCase()) {
    case 'healthy':
      return <CheckmarkCircle16Filled className={styles.good} />;
    case 'disconnected':
      return <PlugDisconnected16Regular className={styles.bad} />;
    case 'outdated':
    case 'pending activation':
      return <Warning16Filled className={styles.warn} />;
    case 'unsupported':
      return <ErrorCircle16Filled className={styles.bad} />;
    default:
      return <Info16Regular className={styles.plain} />;
  }
}
