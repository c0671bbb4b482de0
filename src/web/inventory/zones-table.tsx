import {
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  Text,
} from '@fluentui/react-components';
import type { SiteDetail } from '../../contract/inventory.ts';
import { roleAllows } from '../../domain/permissions.ts';
import { paths } from '../paths.ts';
import { DeliveryHint } from '../ui/delivery-badge.tsx';
import { RoleBadge } from '../ui/role-badge.tsx';
import { Health } from './health-badge.tsx';
import { HeldSetting } from './held-setting.tsx';
import { useInventoryStyles } from './inventory-styles.ts';
import { PageLink } from '../ui/links.tsx';
import { ScrollTable } from './scroll-table.tsx';
import { SsoBadge } from './sso-badge.tsx';

type Zone = SiteDetail['zoneList'][number];
type Sensor = Zone['sensors'][number];

/** The zones of a site, each with its sensors: one group of rows for each zone. */
export function ZonesTable({ site }: { readonly site: SiteDetail }) {
  const styles = useInventoryStyles();
  return (
    <ScrollTable label={`Zones and sensors of ${site.name}`}>
      <TableHeader>
        <TableRow>
          <TableHeaderCell className={styles.header}>Sensor name</TableHeaderCell>
          <TableHeaderCell className={styles.header}>Sensor version</TableHeaderCell>
          <TableHeaderCell className={styles.header}>Sensor health</TableHeaderCell>
          <TableHeaderCell className={styles.header}>SSO</TableHeaderCell>
          <TableHeaderCell className={styles.header}>Gate</TableHeaderCell>
          <TableHeaderCell className={styles.header}>Setting of its own</TableHeaderCell>
          <TableHeaderCell className={styles.header}>Your role</TableHeaderCell>
        </TableRow>
      </TableHeader>
      {site.zoneList.map((zone) => (
        <TableBody key={zone.id}>
          <ZoneRow zone={zone} siteHasSetting={site.heldBy !== null} />
          {zone.sensors.map((sensor) => (
            <SensorRow key={sensor.id} sensor={sensor} />
          ))}
        </TableBody>
      ))}
    </ScrollTable>
  );
}

function ZoneRow({ zone, siteHasSetting }: { zone: Zone; siteHasSetting: boolean }) {
  const styles = useInventoryStyles();
  return (
    <TableRow className={styles.zoneRow}>
      <TableHeaderCell as="th" scope="rowgroup" colSpan={5} className={styles.zoneCell}>
        <Text weight="semibold">{`Zone ${zone.name}`}</Text>
        <Text className={styles.muted}>
          &nbsp;{`· ${zone.sensors.length} sensor${zone.sensors.length === 1 ? '' : 's'}`}
        </Text>
      </TableHeaderCell>
      <TableCell>
        <HeldSetting
          heldBy={zone.heldBy}
          visible={roleAllows(zone.role, 'ssoSetting.view')}
          none={siteHasSetting ? 'Inherits from the site' : 'None'}
        />
      </TableCell>
      <TableCell>{zone.role === null ? 'Some sensors' : <RoleBadge role={zone.role} />}</TableCell>
    </TableRow>
  );
}

function SensorRow({ sensor }: { readonly sensor: Sensor }) {
  return (
    <TableRow>
      <TableCell>
        <PageLink to={paths.sensor({ sensorId: sensor.id })}>{sensor.name}</PageLink>
      </TableCell>
      <TableCell>{sensor.version || '–'}</TableCell>
      <TableCell>
        <Health health={sensor.health} />
      </TableCell>
      <TableCell>
        <SsoBadge sensor={sensor} />
      </TableCell>
      <TableCell>
        <DeliveryHint state={sensor.delivery} />
      </TableCell>
      <TableCell>
        <HeldSetting
          heldBy={sensor.heldBy}
          visible={roleAllows(sensor.role, 'ssoSetting.view')}
          none={sensor.ssoLevel === null ? 'None' : 'Inherits'}
        />
      </TableCell>
      <TableCell>
        <RoleBadge role={sensor.role} />
      </TableCell>
    </TableRow>
  );
}
