import { makeStyles, tokens, Tree, type TreeItemValue } from '@fluentui/react-components';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { getSite, type SiteDetail } from '../../contract/inventory.ts';
import { targetKey } from '../../domain/target.ts';
import { call } from '../api/call.ts';
import { endpointKey } from '../api/hooks.ts';
import type { TargetChoiceProps } from './site-choice.tsx';
import { treeMarks } from './target-selection.ts';
import { TreeSite } from './tree-site.tsx';

const useStyles = makeStyles({
  frame: {
    overflowX: 'auto',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    padding: tokens.spacingVerticalXS,
  },
});

/** Sites that are opened at first, because something below them is chosen. */
const openedAtMost = 10;

/** Sites, zones and sensors to choose from. A site's zones and sensors are asked for when it is opened. */
export function TargetTree({ sites, targets, settingId, onChoose }: TargetChoiceProps) {
  const styles = useStyles();
  const [open, setOpen] = useState<ReadonlySet<TreeItemValue>>(() => {
    const specific = targets.filter((target) => target.kind !== 'site');
    const siteKeys = new Set(specific.map(({ siteId }) => targetKey({ kind: 'site', id: siteId })));
    return new Set([...siteKeys].slice(0, openedAtMost));
  });
  const answers = useQueries({
    queries: sites
      .filter((site) => open.has(targetKey({ kind: 'site', id: site.id })))
      .map(({ id: siteId }) => ({
        queryKey: endpointKey(getSite.path, { siteId }),
        queryFn: async ({ signal }: { signal: AbortSignal }): Promise<SiteDetail> =>
          (await call(getSite, { params: { siteId }, signal })).value,
      })),
  });
  const details = answers.flatMap((answer) => (answer.data === undefined ? [] : [answer.data]));
  return (
    <div className={styles.frame}>
      <Tree
        aria-label="Sites, zones and sensors"
        selectionMode="multiselect"
        checkedItems={treeMarks(targets, details)}
        openItems={open}
        onOpenChange={(_, data) => setOpen(data.openItems)}
      >
        {sites.map((site) => (
          <TreeSite
            key={site.id}
            site={site}
            targets={targets}
            settingId={settingId}
            onChoose={onChoose}
          />
        ))}
      </Tree>
    </div>
  );
}
