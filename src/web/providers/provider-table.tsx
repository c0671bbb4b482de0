import { Badge } from '@fluentui/react-components';
import type { Provider } from '../../contract/providers.ts';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { Timestamp } from '../ui/timestamp.tsx';

const columns: readonly Column<Provider>[] = [
  {
    header: 'Type',
    isRowHeader: true,
    width: '20%',
    cell: () => 'Microsoft Entra ID, single-page application',
  },
  { header: 'Issuer URL', width: '30%', cell: ({ issuerUrl }) => issuerUrl },
  { header: 'Client ID', width: '26%', cell: ({ clientId }) => clientId },
  { header: 'Status', width: '12%', cell: ({ status }) => <Status status={status} /> },
  {
    header: 'Verified',
    width: '12%',
    cell: ({ source, verifiedAt }) =>
      source === 'environment' ? 'By the environment' : <Timestamp value={verifiedAt} />,
  },
];

/** Providers with the source system's columns: type, issuer, status. */
export function ProviderTable({ providers }: { providers: readonly Provider[] }) {
  return (
    <DataTable
      label="Providers"
      columns={columns}
      rows={providers}
      rowKey={({ status, clientId }) => `${status} ${clientId}`}
    />
  );
}

function Status({ status }: { status: Provider['status'] }) {
  return status === 'active' ? (
    <Badge appearance="tint" color="success">
      Active
    </Badge>
  ) : (
    <Badge appearance="tint" color="warning">
      Verify to activate
    </Badge>
  );
}
