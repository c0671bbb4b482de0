import { Text } from '@fluentui/react-components';
import type { Me } from '../../contract/me.ts';
import { listPortalSessions } from '../../contract/sessions.ts';
import { configuration } from '../api/configuration.ts';
import { useEndpoint } from '../api/hooks.ts';
import { minutesText } from '../ui/minutes-text.ts';
import { Timestamp } from '../ui/timestamp.tsx';

/** How one came in: by which provider, and how long that holds. */
export function CameInBy({ me }: { me: Me }) {
  const { via, providerId, sessionEndsAt } = me;
  if (via === 'recovery') {
    return (
      <>
        A recovery link. It ends <Timestamp value={sessionEndsAt} fallback="soon" />.
      </>
    );
  }
  const name = configuration.providers.find(({ id }) => id === providerId)?.name ?? 'Microsoft';
  if (via === 'web') return <ByServer name={name} me={me} />;
  return (
    <>
      {name} (single-page application)
      <Text block size={200}>
        This browser holds the sign-in, and Microsoft renews it for 24 hours at most.
      </Text>
    </>
  );
}

function ByServer({ name, me }: { name: string; me: Me }) {
  const { sessionEndsAt, sessionIdleMinutes } = me;
  const sessions = useEndpoint(listPortalSessions).data?.sessions ?? [];
  const own = sessions.find(({ yours }) => yours);
  return (
    <>
      {name} (web application)
      <Text block size={200}>
        {own !== undefined && (
          <>
            Since <Timestamp value={own.openedAt} />.{' '}
          </>
        )}
        The server holds the session. It ends
        {sessionIdleMinutes !== null &&
          ` after ${minutesText(sessionIdleMinutes)} without use, and`}
        {' at the latest '}
        <Timestamp value={sessionEndsAt} fallback="after the time that Security says" />; then you
        sign in again.
      </Text>
    </>
  );
}
