import {
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { Provider } from '../../contract/sign-in-providers.ts';
import type { ProviderRemoval } from '../../contract/provider-removal.ts';

const useStyles = makeStyles({
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL },
  title: { margin: `0 0 ${tokens.spacingVerticalXS}` },
});

/** Who can still come in as Admin, which provider is the primary one then, and what ends. */
export function RemovalReview({
  removal: { allowed, left, openSessions, nextPrimary },
  provider: { type, status },
}: {
  removal: ProviderRemoval;
  provider: Provider;
}) {
  const styles = useStyles();
  if (!allowed) {
    return (
      <MessageBar intent="error" layout="multiline" role="alert">
        <MessageBarBody>
          <MessageBarTitle>It is the last way in as Admin</MessageBarTitle> Without it nobody could
          administer the portal. Add another provider and verify it first, or let an Admin of portal
          access or of the portal users come in by one that is left.
        </MessageBarBody>
      </MessageBar>
    );
  }
  return (
    <>
      {left.length > 0 && (
        <div>
          <Text as="h3" block weight="semibold" className={styles.title}>
            Who can still come in as Admin
          </Text>
          <ul className={styles.list}>
            {left.map(({ providerId, providerName, adminGroups, adminUsers }) => (
              <li key={providerId}>
                By <b>{providerName}</b>: {namesOf(adminGroups, adminUsers)}
              </li>
            ))}
          </ul>
        </div>
      )}
      {nextPrimary && (
        <Text>
          <b>SSO Sign-in</b> uses <b>{nextPrimary.name}</b> afterwards.
        </Text>
      )}
      {status === 'active' && (
        <Text>
          {openSessions > 0 &&
            `${openSessions === 1 ? '1 open session ends' : `${openSessions} open sessions end`} at once. `}
          {type === 'spa' && 'Whoever came in by it is refused at the next click.'}
        </Text>
      )}
    </>
  );
}

function namesOf(groups: readonly string[], users: readonly string[]): string {
  return [...groups.map((group) => `members of ${group}`), ...users].join(', ');
}
