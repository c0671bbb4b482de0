import { Badge, Link, makeStyles, tokens } from '@fluentui/react-components';
import type { Gate } from '../../contract/gates.ts';
import { can, useMe } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { PageLink } from '../ui/links.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { redirectUri } from './enrolment-address.ts';
import { clockWords } from './gate-words.ts';
import { webAddress } from './web-address.ts';

const useStyles = makeStyles({
  code: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    // At the end of the line, and not at a hyphen that happens to be in it.
    wordBreak: 'break-all',
  },
});

interface GateFactsProps {
  readonly gate: Gate;
  readonly sensorId: string;
}

/** What a gate last said of itself. */
export function GateFacts({ gate, sensorId }: GateFactsProps) {
  const styles = useStyles();
  return (
    <Facts>
      <Fact term="Address">
        <GateAddress origin={gate.origin} />
      </Fact>
      <Fact term="Redirect URI in Entra ID">
        <span className={styles.code}>{redirectUri(gate.origin)}</span>
        <CopyButton value={redirectUri(gate.origin)} what="the redirect URI" />
      </Fact>
      <Fact term="Key fingerprint">
        <span className={styles.code}>{gate.keyFingerprint}</span>
        <CopyButton value={gate.keyFingerprint} what="the key fingerprint" />
        {gate.keyRotating ? <Badge appearance="outline">A new key is coming</Badge> : null}
      </Fact>
      <Fact term="Software">{gate.software || '–'}</Fact>
      <Fact term="Enrolled">
        <Timestamp value={gate.enrolledAt} /> by {gate.enrolledBy.name}
      </Fact>
      <Fact term="Last seen">
        <Timestamp value={gate.lastSeenAt} />
      </Fact>
      <Fact term="Applied bundle">
        {gate.appliedNumber === null ? (
          'None yet'
        ) : (
          <>
            {`Number ${gate.appliedNumber}, `}
            <Timestamp value={gate.appliedAt} fallback="time not known" />
          </>
        )}
      </Fact>
      <Fact term="Bundle valid until">
        <Timestamp value={gate.bundleExpiresAt} fallback="–" />
      </Fact>
      <Fact term="Clock">{clockWords(gate.clockOffset)}</Fact>
      <Fact term="Certificate valid until">
        <Timestamp
          value={gate.certificateExpiresAt}
          fallback={gate.lastSeenAt === null ? '–' : 'It serves no certificate itself'}
        />
      </Fact>
      <Fact term="Open sessions">
        <OpenSessions count={gate.openSessions} sensorId={sensorId} />
      </Fact>
    </Facts>
  );
}

function GateAddress({ origin }: { readonly origin: string }) {
  const address = webAddress(origin);
  if (address === null) return origin === '' ? '–' : origin;
  return (
    <Link href={address} target="_blank" rel="noreferrer">
      {origin}
    </Link>
  );
}

function OpenSessions({ count, sensorId }: { readonly count: number; readonly sensorId: string }) {
  const mayView = can(useMe(), 'session.view');
  if (count === 0 || !mayView) return count;
  return <PageLink to={`${paths.sessions()}?sensor=${sensorId}`}>{String(count)}</PageLink>;
}
