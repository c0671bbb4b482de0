import { Badge, makeStyles, Text, tokens } from '@fluentui/react-components';
import { getGateKeys } from '../../contract/gates.ts';
import type { ResponseOf } from '../../contract/endpoint.ts';
import { can, useEndpoint, useMe } from '../api/hooks.ts';
import { useRefreshed } from '../api/use-refreshed.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Loading } from '../ui/loading.tsx';
import { Panel } from '../ui/panel.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { RotateKey } from './rotate-key.tsx';

type SigningKey = ResponseOf<typeof getGateKeys>['keys'][number];

const useStyles = makeStyles({
  list: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
  key: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  code: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: 'anywhere',
    minWidth: 0,
  },
  soft: { color: tokens.colorNeutralForeground2 },
});

/** The keys that bundles are signed with, and their rotation. */
export function SigningKeyPanel() {
  const styles = useStyles();
  const mayEdit = can(useMe(), 'security.edit');
  const answer = useEndpoint(getGateKeys);
  const rotating = answer.data?.keys.some(({ status }) => status === 'next') ?? false;
  useRefreshed(answer, rotating ? 5000 : null);
  return (
    <Panel title="Signing key of bundles" narrow>
      <Text className={styles.soft}>
        Gates take settings only when they are signed with this key. Its fingerprint is shown when a
        gate is enrolled, to be compared there.
      </Text>
      {answer.isPending && <Loading what="the signing key" />}
      {answer.error !== null && (
        <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />
      )}
      {answer.data !== undefined && (
        <>
          <ul className={styles.list}>
            {answer.data.keys.map((key) => (
              <Key key={key.fingerprint} signingKey={key} />
            ))}
          </ul>
          {mayEdit ? (
            <RotateKey rotating={rotating} gatesToInform={answer.data.gatesToInform} />
          ) : (
            <Text>Only an Admin of the portal may rotate it.</Text>
          )}
        </>
      )}
    </Panel>
  );
}

function Key({ signingKey }: { signingKey: SigningKey }) {
  const styles = useStyles();
  const { fingerprint, status, createdAt } = signingKey;
  return (
    <li className={styles.key}>
      <Badge appearance="tint" color={status === 'current' ? 'success' : 'informative'}>
        {status === 'current' ? 'Current' : 'Next'}
      </Badge>
      <code className={styles.code}>{fingerprint}</code>
      <CopyButton value={fingerprint} what={`the fingerprint of the ${status} key`} />
      <Text size={200} className={styles.soft}>
        Made <Timestamp value={createdAt} />
      </Text>
    </li>
  );
}
