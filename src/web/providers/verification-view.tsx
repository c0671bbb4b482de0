import { makeStyles, Text, tokens } from '@fluentui/react-components';
import {
  CheckmarkCircleFilled,
  CircleRegular,
  DismissCircleFilled,
  SubtractCircleRegular,
} from '@fluentui/react-icons';
import type { Verification, VerificationCheck } from '../../contract/provider-verification.ts';
import { Announcement } from '../ui/announcement.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { checkLabels } from '../ui/provider-labels.ts';
import { checkStates, progressText } from './verification-words.ts';

const useStyles = makeStyles({
  checks: { listStyleType: 'none', margin: 0, padding: 0 },
  check: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXS} 0`,
    overflowWrap: 'anywhere',
  },
  icon: { fontSize: '20px', flexShrink: 0 },
  passed: { color: tokens.colorStatusSuccessForeground1 },
  failed: { color: tokens.colorStatusDangerForeground1 },
  plain: { color: tokens.colorNeutralForeground3 },
  soft: { color: tokens.colorNeutralForeground2 },
});

interface VerificationViewProps {
  readonly verification: Verification;
  /** The secret or certificate that it is made with, by name. */
  readonly tried?: string | null;
}

/** A verification, check by check: each says what was found, and what to do where it failed. */
export function VerificationView({ verification, tried = null }: VerificationViewProps) {
  const styles = useStyles();
  const { state, checks, startedAt, startedBy } = verification;
  return (
    <>
      <Text size={200} className={styles.soft}>
        {startedBy}, <Timestamp value={startedAt} />
        {tried !== null && `, with ${tried}`}
      </Text>
      {/* What it has come to is in the checks themselves; hearing it is of use all the same. */}
      <Announcement text={progressText(verification)} shown={state === 'running'} />
      <ul className={styles.checks} aria-label="Checks">
        {checks.map(({ name, state, detail }) => (
          <li key={name} className={styles.check}>
            <StateIcon state={state} />
            <Text {...(state === 'waiting' ? { className: styles.soft } : {})}>
              <b>{checkLabels[name]}</b>
              {detail !== '' && `: ${detail}`}
            </Text>
          </li>
        ))}
      </ul>
    </>
  );
}

function StateIcon({ state }: { state: VerificationCheck['state'] }) {
  const styles = useStyles();
  const label = checkStates[state];
  const look = { className: styles.icon, 'aria-label': label };
  if (state === 'passed') {
    return (
      <span className={styles.passed}>
        <CheckmarkCircleFilled {...look} />
      </span>
    );
  }
  if (state === 'failed') {
    return (
      <span className={styles.failed}>
        <DismissCircleFilled {...look} />
      </span>
    );
  }
  const Icon = state === 'skipped' ? SubtractCircleRegular : CircleRegular;
  return (
    <span className={styles.plain}>
      <Icon {...look} />
    </span>
  );
}
