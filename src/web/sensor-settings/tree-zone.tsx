import { Tree } from '@fluentui/react-components';
import { DeveloperBoardRegular, GridDotsRegular } from '@fluentui/react-icons';
import type { SiteDetail, SiteSummary } from '../../contract/inventory.ts';
import type { TargetChoiceProps } from './site-choice.tsx';
import { inheritsFrom, sensorTarget, zoneTarget } from './target-selection.ts';
import { TreeRow } from './tree-row.tsx';

type TreeZoneProps = Omit<TargetChoiceProps, 'sites'> & {
  readonly site: SiteSummary;
  readonly zone: SiteDetail['zoneList'][number];
};

/** A zone of the tree, with its sensors. */
export function TreeZone({ site, zone, ...choice }: TreeZoneProps) {
  return (
    <TreeRow
      {...choice}
      itemType={zone.sensors.length === 0 ? 'leaf' : 'branch'}
      target={zoneTarget(site, zone)}
      heldBy={zone.heldBy}
      inherits={inheritsFrom(choice.targets, { siteId: site.id }, choice.settingId)}
      maySet={zone.maySet}
      reason="You aren’t Admin of the zone"
      icon={<GridDotsRegular />}
    >
      {zone.sensors.length === 0 ? null : (
        <Tree>
          {zone.sensors.map((sensor) => (
            <TreeRow
              key={sensor.id}
              {...choice}
              itemType="leaf"
              target={sensorTarget(site, zone, sensor)}
              heldBy={sensor.heldBy}
              inherits={inheritsFrom(choice.targets, { siteId: site.id, zone }, choice.settingId)}
              maySet={sensor.maySet}
              reason="You aren’t Admin of the sensor"
              icon={<DeveloperBoardRegular />}
              note={sensor.supportsSso === true ? null : `Version ${sensor.version}: no SSO`}
            />
          ))}
        </Tree>
      )}
    </TreeRow>
  );
}
