import { Text } from '@fluentui/react-components';
import type { Provider } from '../../contract/sign-in-providers.ts';
import { paths } from '../paths.ts';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { PageLink } from '../ui/links.tsx';
import { useNow } from '../ui/use-now.ts';
import { typeLabels } from '../ui/provider-labels.ts';
import { dayText, servingCredential } from './provider-words.ts';
import { StatusBadges } from './status-badges.tsx';

const columns: readonly Column<Provider>[] = [
  {
    header: 'Name',
    isRowHeader: true,
    width: '18%',
    cell: (provider) => <Name provider={provider} />,
  },
  { header: 'Type', width: '16%', cell: ({ type }) => typeLabels[type] },
  { header: 'Issuer URL', width: '28%', cell: ({ issuerUrl }) => issuerUrl },
  { header: 'Status', cell: (provider) => <Status provider={provider} /> },
  { header: 'Secret expires', width: '120px', cell: (provider) => <Expiry provider={provider} /> },
];

/** Providers as the API orders them: the primary one first. */
export function ProviderTable({ providers }: { providers: readonly Provider[] }) {
  return <DataTable label="Providers" columns={columns} rows={providers} rowKey={({ id }) => id} />;
}

function Name({ provider: { id, name, primary, yours } }: { provider: Provider }) {
  const notes = [primary ? 'Used for SSO Sign-in' : '', yours ? 'You came in by it' : ''];
  return (
    <>
      <PageLink to={paths.provider({ providerId: id })}>{name}</PageLink>
      {notes
        .filter((note) => note !== '')
        .map((note) => (
          <Text key={note} size={200} block>
            {note}
          </Text>
        ))}
    </>
  );
}

/** What waits for its verification leads to it. */
function Status({ provider }: { provider: Provider }) {
  const { id: providerId, status, draft } = provider;
  return (
    <>
      <StatusBadges provider={provider} />
      {(status === 'unverified' || draft !== null) && (
        <div>
          <PageLink to={paths.provider({ providerId })}>Verify Integration</PageLink>
        </div>
      )}
    </>
  );
}

function Expiry({ provider: { type, credentials } }: { provider: Provider }) {
  const serving = servingCredential(credentials, useNow());
  if (type === 'spa') return 'No secret';
  if (serving === null) return 'None entered';
  return serving.expiresAt === null ? 'Not known' : dayText(serving.expiresAt);
}
