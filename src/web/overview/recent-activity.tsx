import { Badge, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { AuditEvent, SignIn } from '../../contract/activity.ts';
import { RoleBadge } from '../ui/role-badge.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { changeText } from '../ui/action-text.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  row: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ':last-child': { borderBottomStyle: 'none' },
  },
  badge: { flexShrink: 0 },
  words: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
  soft: { display: 'block', color: tokens.colorNeutralForeground2 },
});

export function RecentSignIns({ signIns }: { signIns: readonly SignIn[] }) {
  const styles = useStyles();
  if (signIns.length === 0) return <Text className={styles.soft}>None yet.</Text>;
  return (
    <ul className={styles.list}>
      {signIns.slice(0, 6).map((signIn) => (
        <li key={signIn.id} className={styles.row}>
          <span className={styles.words}>
            {signIn.actor.name}
            <Text size={200} className={styles.soft}>
              {signIn.sensor === null ? 'Portal' : signIn.sensor.name} ·{' '}
              <Timestamp value={signIn.at} />
            </Text>
          </span>
          {signIn.outcome === 'refused' ? (
            <Badge className={styles.badge} appearance="tint" color="danger">
              Refused
            </Badge>
          ) : (
            <RoleThere signIn={signIn} />
          )}
        </li>
      ))}
    </ul>
  );
}

function RoleThere({ signIn }: { signIn: SignIn }) {
  const role = signIn.sensor === null ? signIn.portalRole : signIn.sensorRole;
  return role === null ? null : <RoleBadge role={role} />;
}

export function RecentChanges({ events }: { events: readonly AuditEvent[] }) {
  const styles = useStyles();
  if (events.length === 0) return <Text className={styles.soft}>None yet.</Text>;
  return (
    <ul className={styles.list}>
      {events.slice(0, 6).map((event) => (
        <li key={event.sequence} className={styles.row}>
          <span className={styles.words}>
            {changeText(event)}
            <Text size={200} className={styles.soft}>
              {event.actor.name} · <Timestamp value={event.at} />
            </Text>
          </span>
          {event.outcome === 'refused' && (
            <Badge className={styles.badge} appearance="tint" color="danger">
              Refused
            </Badge>
          )}
        </li>
      ))}
    </ul>
  );
}
