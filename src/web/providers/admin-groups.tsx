import { Text } from '@fluentui/react-components';
import type { GroupMapping } from '../../domain/group-mapping.ts';
import { MappingFields } from '../ui/mapping-fields.tsx';
import { Panel } from '../ui/panel.tsx';

interface AdminGroupsProps {
  readonly value: GroupMapping;
  readonly message: string | undefined;
  readonly onChange: (mapping: GroupMapping) => void;
}

/** Portal access that comes with the first provider: without it nobody could come in as Admin by it. */
export function AdminGroups({ value, message, onChange }: AdminGroupsProps) {
  return (
    <Panel title="Portal access">
      <Text>
        No group gives Admin yet. These come into force together with the provider. You must be in
        one of the Admin groups yourself: the verification checks it, so that nobody is locked out.
      </Text>
      <MappingFields
        value={value}
        onChange={onChange}
        errors={message === undefined ? {} : { admin: message }}
      />
    </Panel>
  );
}
