import { Text } from '@fluentui/react-components';
import { DataTable, type Column } from '../ui/data-table.tsx';
import type { ProviderDraft } from './provider-draft.ts';
import {
  registrationDifferences,
  type RegistrationDifference,
} from './registration-differences.ts';

interface Version {
  readonly header: string;
  readonly draft: ProviderDraft;
}

/** Two versions of a registration side by side: only what differs. */
export function VersionTable({
  label,
  one,
  other,
}: {
  label: string;
  one: Version;
  other: Version;
}) {
  const differences = registrationDifferences(one.draft, other.draft);
  if (differences.length === 0) return <Text>Both say the same.</Text>;
  const columns: Column<RegistrationDifference>[] = [
    { header: 'Field', width: '24%', isRowHeader: true, cell: (difference) => difference.label },
    { header: one.header, cell: (difference) => difference.one },
    { header: other.header, cell: (difference) => difference.other },
  ];
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={differences}
      rowKey={(difference) => difference.label}
    />
  );
}
