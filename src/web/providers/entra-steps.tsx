import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { bridgeAddress } from '../api/msal-client.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Panel } from '../ui/panel.tsx';

const useStyles = makeStyles({
  steps: {
    margin: 0,
    paddingLeft: tokens.spacingHorizontalXL,
    '& li': { marginBottom: tokens.spacingVerticalS },
  },
  value: {
    fontFamily: tokens.fontFamilyMonospace,
    padding: `1px ${tokens.spacingHorizontalXS}`,
    borderRadius: tokens.borderRadiusSmall,
    backgroundColor: tokens.colorNeutralBackground3,
    overflowWrap: 'anywhere',
  },
});

/** What to enter in Entra ID, word by word, with the values to copy. */
export function EntraSteps() {
  const styles = useStyles();
  return (
    <Panel title="In Microsoft Entra ID">
      <ol className={styles.steps}>
        <li>
          App registrations, New registration. Supported account types:{' '}
          <b>Accounts in this organizational directory only</b>.
        </li>
        <li>
          Authentication: platform <b>Single-page application (SPA)</b>, redirect URI{' '}
          <Value text={bridgeAddress()} what="the redirect URI" />. Entra confirms that it is
          eligible for the Authorization Code Flow with PKCE.
        </li>
        <li>
          Expose an API: application ID URI <Value text="api://<client ID>" />, scope{' '}
          <Value text="access_as_user" what="the scope" />, for admins and users.
        </li>
        <li>
          Manifest: <Value text={'"requestedAccessTokenVersion": 2'} what="the manifest entry" />.
        </li>
        <li>
          Token configuration: the groups claim with <b>Security groups</b>, and for the access
          token the optional claims <Value text="given_name" />, <Value text="family_name" />,{' '}
          <Value text="upn" />.
        </li>
        <li>
          API permissions: Microsoft Graph, delegated, <Value text="User.Read" /> and{' '}
          <Value text="GroupMember.Read.All" />, and the API’s own scope; then{' '}
          <b>Grant admin consent</b>.
        </li>
      </ol>
      <Text size={200}>
        One registration can serve as page and as API. With two, steps 3 to 5 belong to the API’s.
      </Text>
    </Panel>
  );
}

function Value({ text, what }: { text: string; what?: string }) {
  const styles = useStyles();
  return (
    <>
      <code className={styles.value}>{text}</code>
      {what !== undefined && <CopyButton value={text} what={what} />}
    </>
  );
}
