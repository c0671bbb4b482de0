import {
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components';
import { CheckmarkCircle16Filled, ErrorCircle16Filled } from '@fluentui/react-icons';
import type { CheckResult } from '../../contract/gate-report.ts';
import type { Gate } from '../../contract/gates.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { foldedChecks, type CheckLine } from './folded-checks.ts';
import { allowRulesText } from './gate-words.ts';
import { useInventoryStyles } from './inventory-styles.ts';

const useStyles = makeStyles({
  outcome: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    whiteSpace: 'nowrap',
  },
  passed: { color: tokens.colorStatusSuccessForeground1 },
  failed: { color: tokens.colorStatusDangerForeground1 },
  rules: {
    margin: `${tokens.spacingVerticalS} 0`,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
});

const targets: Readonly<Record<CheckResult['target'], string>> = {
  login: 'Microsoft sign-in',
  graph: 'Microsoft Graph',
  portal: 'This portal',
};

const steps: Readonly<Record<CheckResult['step'], string>> = {
  dns: 'Name (DNS)',
  tcp: 'Connection (TCP)',
  proxy: 'HTTP proxy',
  tls: 'Encryption (TLS)',
  http: 'Answer (HTTP)',
  clock: 'Clock',
};

const columns: readonly Column<CheckLine>[] = [
  { header: 'Target', width: '150px', cell: ({ target }) => targets[target] },
  { header: 'Address', width: '220px', isRowHeader: true, cell: ({ address }) => address },
  { header: 'Step', width: '130px', cell: ({ step }) => (step === null ? 'All' : steps[step]) },
  { header: 'Result', width: '90px', cell: (check) => <Outcome outcome={check.outcome} /> },
  { header: 'What it found', width: '300px', cell: (check) => <Finding check={check} /> },
  {
    header: 'Took',
    width: '80px',
    cell: ({ milliseconds }) => (milliseconds === null ? '–' : `${Math.round(milliseconds)} ms`),
  },
];

/** Connectivity, as the gate tried it from where it stands; with the rules to add for what failed. */
export function GateChecks({ gate }: { readonly gate: Gate }) {
  const styles = useInventoryStyles();
  return (
    <section className={styles.stack} aria-labelledby="gate-checks">
      <div className={styles.row}>
        <Subtitle2 as="h3" id="gate-checks" className={styles.heading}>
          Connectivity checks
        </Subtitle2>
        {gate.checkedAt === null ? null : (
          <Text className={styles.muted}>
            Made on the gate <Timestamp value={gate.checkedAt} />
          </Text>
        )}
      </div>
      {gate.checks.length === 0 ? (
        <Text className={styles.muted}>The gate has not reported any yet.</Text>
      ) : (
        <DataTable
          label="Connectivity checks"
          columns={columns}
          rows={foldedChecks(gate.checks, (step) => steps[step])}
          rowKey={({ target, address, step }) => `${target} ${address} ${step ?? 'all'}`}
        />
      )}
      {gate.allowRules.length === 0 ? null : <AllowRulesToAdd rules={gate.allowRules} />}
    </section>
  );
}

function Outcome({ outcome }: { readonly outcome: CheckResult['outcome'] }) {
  const styles = useStyles();
  return outcome === 'passed' ? (
    <span className={styles.outcome}>
      <CheckmarkCircle16Filled className={styles.passed} aria-hidden /> Passed
    </span>
  ) : (
    <span className={styles.outcome}>
      <ErrorCircle16Filled className={styles.failed} aria-hidden /> Failed
    </span>
  );
}

function Finding({ check }: { readonly check: CheckLine }) {
  const styles = useInventoryStyles();
  return (
    <>
      {check.detail || '–'}
      {check.code === null ? null : <span className={styles.muted}>{` (${check.code})`}</span>}
    </>
  );
}

function AllowRulesToAdd({ rules }: { readonly rules: Gate['allowRules'] }) {
  const styles = useStyles();
  const text = allowRulesText(rules);
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>Outbound rules to add at this sensor’s firewall</MessageBarTitle>
        <pre className={styles.rules}>{text}</pre>
        <CopyButton value={text} what="the allow rules" appearance="secondary" />
      </MessageBarBody>
    </MessageBar>
  );
}
