import { Badge, Tooltip } from '@fluentui/react-components';
import type { SensorSummary } from '../../contract/inventory.ts';
import { sensorSso, type SsoState } from './sensor-sso.ts';

const colors = {
  on: 'success',
  off: 'informative',
  unsupported: 'warning',
} as const satisfies Record<SsoState, string>;

/** SSO at a sensor: on and from which level, off, or not supported by its software. */
export function SsoBadge({
  sensor,
}: {
  readonly sensor: Pick<SensorSummary, 'version' | 'supportsSso' | 'ssoLevel'>;
}) {
  const { state, label, reason } = sensorSso(sensor);
  return (
    <Tooltip content={reason} relationship="description">
      <Badge appearance="tint" color={colors[state]} shape="rounded">
        {label}
      </Badge>
    </Tooltip>
  );
}
