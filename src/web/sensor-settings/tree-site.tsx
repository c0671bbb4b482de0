import { Button, Text, Tree, TreeItem, TreeItemLayout } from '@fluentui/react-components';
import { BuildingFactoryRegular } from '@fluentui/react-icons';
import { getSite, type SiteSummary } from '../../contract/inventory.ts';
import { targetKey } from '../../domain/target.ts';
import { useEndpoint } from '../api/hooks.ts';
import { Loading } from '../ui/loading.tsx';
import type { TargetChoiceProps } from './site-choice.tsx';
import { siteTarget } from './target-selection.ts';
import { TreeRow } from './tree-row.tsx';
import { TreeZone } from './tree-zone.tsx';

type TreeSiteProps = Omit<TargetChoiceProps, 'sites'> & { readonly site: SiteSummary };

/** A site of the tree; opened, its zones. */
export function TreeSite({ site, ...choice }: TreeSiteProps) {
  return (
    <TreeRow
      {...choice}
      itemType="branch"
      target={siteTarget(site)}
      heldBy={site.heldBy}
      inherits={null}
      maySet={site.maySet}
      reason="You aren’t Admin of the whole site"
      icon={<BuildingFactoryRegular />}
    >
      <Tree>
        <Zones site={site} {...choice} />
      </Tree>
    </TreeRow>
  );
}

function Zones({ site, ...choice }: TreeSiteProps) {
  const answer = useEndpoint(getSite, { params: { siteId: site.id } });
  const value = `${targetKey({ kind: 'site', id: site.id })}/state`;
  if (answer.data === undefined || answer.data.zoneList.length === 0) {
    return (
      <TreeItem itemType="leaf" value={value}>
        <TreeItemLayout selector={null}>
          {answer.isPending ? <Loading what="zones and sensors" /> : null}
          {answer.error === null ? null : (
            <Text role="alert">
              {`Its zones can’t be loaded: ${answer.error.message} `}
              <Button size="small" onClick={() => void answer.refetch()}>
                Try again
              </Button>
            </Text>
          )}
          {answer.data === undefined ? null : 'No zones'}
        </TreeItemLayout>
      </TreeItem>
    );
  }
  return answer.data.zoneList.map((zone) => (
    <TreeZone key={zone.id} site={site} zone={zone} {...choice} />
  ));
}
