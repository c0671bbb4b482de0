import {
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
} from '@fluentui/react-components';
import type { SensorSummary } from '../../contract/inventory.ts';
import { paths } from '../paths.ts';
import { DeliveryHint } from '../ui/delivery-badge.tsx';
import { RoleBadge } from '../ui/role-badge.tsx';
import { Health } from './health-badge.tsx';
import { PageLink } from '../ui/links.tsx';
import { useInventoryStyles } from './inventory-styles.ts';
import { ScrollTable } from './scroll-table.tsx';
import { SsoBadge } from './sso-badge.tsx';
import { UtcTime } from './utc-time.tsx';

/** Columns as in the portal's sensor export, with the site, SSO and one's own role. */
const columns = [
  'Sensor name',
  'Site',
  'Zone',
  'SSO',
  'Gate',
  'Sensor health',
  'Sensor version',
  'Last connected (UTC)',
  'Your role',
  'Sensor type',
  'Subscription name',
  'Threat Intelligence version',
  'Threat Intelligence mode',
  'Threat Intelligence update status',
] as const;

export function SensorsTable({ sensors }: { readonly sensors: readonly SensorSummary[] }) {
  const styles = useInventoryStyles();
  return (
    <ScrollTable label="Sensors" wide>
      <TableHeader>
        <TableRow>
          {columns.map((column) => (
            <TableHeaderCell key={column} className={styles.header}>
              {column}
            </TableHeaderCell>
          ))}
        </TableRow>
      </TableHeader>
      <TableBody>
        {sensors.map((sensor) => (
          <SensorRow key={sensor.id} sensor={sensor} />
        ))}
      </TableBody>
    </ScrollTable>
  );
}

function SensorRow({ sensor }: { readonly sensor: SensorSummary }) {
  const styles = useInventoryStyles();
  return (
    <TableRow className={styles.nowrap}>
      <TableCell>
        <PageLink to={paths.sensor({ sensorId: sensor.id })}>{sensor.name}</PageLink>
      </TableCell>
      <TableCell>
        <PageLink to={paths.site({ siteId: sensor.siteId })}>{sensor.siteName}</PageLink>
      </TableCell>
      <TableCell>{sensor.zoneName}</TableCell>
      <TableCell>
        <SsoBadge sensor={sensor} />
      </TableCell>
      <TableCell>
        <DeliveryHint state={sensor.delivery} />
      </TableCell>
      <TableCell>
        <Health health={sensor.health} />
      </TableCell>
      <TableCell>{sensor.version || '–'}</TableCell>
      <TableCell>
        <UtcTime value={sensor.lastConnectedAt} />
      </TableCell>
      <TableCell>
        <RoleBadge role={sensor.role} />
      </TableCell>
      <TableCell>{sensor.type}</TableCell>
      <TableCell>{sensor.subscriptionName}</TableCell>
      <TableCell>{sensor.threatIntelligenceVersion || '–'}</TableCell>
      <TableCell>{sensor.threatIntelligenceMode || '–'}</TableCell>
      <TableCell>{sensor.threatIntelligenceStatus || '–'}</TableCell>
    </TableRow>
  );
}
