import { Badge, Button, makeStyles, tokens } from '@fluentui/react-components';
import type { Provider, ProviderCredential } from '../../contract/sign-in-providers.ts';
import { isRefused } from '../../domain/secret-expiry.ts';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { Panel } from '../ui/panel.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { useNow } from '../ui/use-now.ts';
import { credentialKindLabels } from '../ui/provider-labels.ts';
import { AddToCalendar } from './add-to-calendar.tsx';
import { credentialTitle, hintText } from './credential-title.ts';
import { dayText, expiryColor, expiryText, stateOf } from './provider-words.ts';
import { PromoteCredential } from './promote-credential.tsx';
import { RetireCredential } from './retire-credential.tsx';
import { rotationStep } from './rotation.ts';
import { RotationGuide } from './rotation-guide.tsx';
import { needsVerification } from './to-verify.ts';

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
  expiry: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalXXS,
  },
  badge: { height: 'auto', textAlign: 'start' },
});

interface CredentialsPanelProps {
  readonly provider: Provider;
  readonly mayEdit: boolean;
  readonly onVerify: (credentialId: string) => void;
}

interface Row extends CredentialsPanelProps {
  readonly credential: ProviderCredential;
}

// Every one has a width: with the cells’ padding they just fill the panel in a window of 1280 pixels.
const columns: readonly Column<Row>[] = [
  {
    header: 'Kind',
    isRowHeader: true,
    width: '84px',
    cell: ({ credential }) => credentialKindLabels[credential.kind],
  },
  {
    header: 'Recognized by',
    width: '100px',
    cell: ({ credential }) => hintText(credential),
  },
  {
    header: 'Expires',
    width: '158px',
    cell: ({ credential }) => <Expiry credential={credential} />,
  },
  {
    header: 'Status',
    width: '84px',
    cell: ({ credential }) => <Status {...credential} />,
  },
  { header: 'Added', width: '136px', cell: ({ credential }) => <Added credential={credential} /> },
  { header: 'Actions', width: '262px', cell: (row) => <Actions {...row} /> },
];

/** Secrets and certificates: which serves, how long each is good, and how one takes another’s place. */
export function CredentialsPanel(props: CredentialsPanelProps) {
  const { provider, mayEdit, onVerify } = props;
  return (
    <Panel title="Secrets and certificates">
      {provider.credentials.length > 0 && (
        <DataTable
          label="Secrets and certificates"
          columns={columns}
          rows={provider.credentials.map((credential) => ({ ...props, credential }))}
          rowKey={({ credential }) => credential.id}
        />
      )}
      {mayEdit && <RotationGuide provider={provider} onVerify={onVerify} />}
    </Panel>
  );
}

function Added({ credential: { createdAt, createdBy } }: { credential: ProviderCredential }) {
  return (
    <>
      <Timestamp value={createdAt} /> by {createdBy}
    </>
  );
}

function Expiry({ credential }: { credential: ProviderCredential }) {
  const styles = useStyles();
  const now = useNow();
  const { expiresAt } = credential;
  if (expiresAt === null) return 'Not known';
  const state = stateOf(credential, now);
  return (
    <span className={styles.expiry}>
      {dayText(expiresAt)}
      {state !== 'fine' && (
        <Badge appearance="tint" color={expiryColor(state)} className={styles.badge}>
          {expiryText(credential, now)}
        </Badge>
      )}
    </span>
  );
}

function Status({ status, refused }: ProviderCredential) {
  if (isRefused({ refused })) {
    return (
      <Badge appearance="tint" color="danger">
        Refused
      </Badge>
    );
  }
  if (status === 'current') {
    return (
      <Badge appearance="tint" color="success">
        Current
      </Badge>
    );
  }
  return status === 'standby' ? (
    <Badge appearance="tint" color="informative">
      Stands by
    </Badge>
  ) : (
    <Badge appearance="tint" color="warning">
      Not verified
    </Badge>
  );
}

function Actions({ provider, credential, mayEdit, onVerify }: Row) {
  const styles = useStyles();
  const { id, status } = credential;
  const named = credentialTitle(credential, provider.credentials);
  const next = rotationStep(provider.credentials);
  const isNext = next?.step === 'promote' && next.credential.id === id;
  const retirable = status !== 'current' && provider.credentials.length > 1;
  return (
    <span className={styles.actions}>
      {/* With something else to verify, the verification itself asks which to use. */}
      {mayEdit && status !== 'current' && !needsVerification(provider) && (
        <Button size="small" aria-label={`Verify ${named}`} onClick={() => onVerify(id)}>
          Verify
        </Button>
      )}
      {/* The newest is promoted by the guide below. */}
      {mayEdit && status === 'standby' && !isRefused(credential) && !isNext && (
        <PromoteCredential provider={provider} credential={credential} />
      )}
      <AddToCalendar provider={provider} credential={credential} />
      {mayEdit && retirable && <RetireCredential provider={provider} credential={credential} />}
    </span>
  );
}
