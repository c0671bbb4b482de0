import { Tag, TagGroup } from '@fluentui/react-components';
import { getSsoSetting } from '../../contract/sso-settings.ts';
import { can, useEndpoint, useMe } from '../api/hooks.ts';

interface SettingFilterProps {
  readonly settingId: string;
  readonly onRemove: () => void;
}

/** The setting that a list of sensors is narrowed to, by its name; to be taken away again. */
export function SettingFilter({ settingId, onRemove }: SettingFilterProps) {
  const enabled = can(useMe(), 'ssoSetting.view');
  const { data, isFetching } = useEndpoint(getSsoSetting, { params: { settingId } }, { enabled });
  const name = data === undefined ? null : `“${data.name}”`;
  return (
    <TagGroup aria-label="Narrowed to a setting" onDismiss={onRemove}>
      <Tag
        value={settingId}
        dismissible
        appearance="brand"
        dismissIcon={{ 'aria-label': 'Remove this filter' }}
      >
        {`Setting in force: ${name ?? (isFetching ? '…' : 'one that you may not see')}`}
      </Tag>
    </TagGroup>
  );
}
