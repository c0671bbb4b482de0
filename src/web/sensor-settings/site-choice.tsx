import { Checkbox, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { SiteSummary } from '../../contract/inventory.ts';
import type { NamedTarget } from '../../contract/target.ts';
import { isChosen, siteTarget } from './target-selection.ts';
import { StandingBadge } from './standing-badge.tsx';
import { targetStanding } from './target-standing.ts';

const useStyles = makeStyles({
  list: {
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  item: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: `0 ${tokens.spacingHorizontalM}`,
    padding: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalM}`,
  },
  line: { borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  about: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    color: tokens.colorNeutralForeground3,
    paddingBlock: tokens.spacingVerticalXS,
  },
});

export interface TargetChoiceProps {
  readonly sites: readonly SiteSummary[];
  readonly targets: readonly NamedTarget[];
  /** The setting being edited; null: a new one. */
  readonly settingId: string | null;
  readonly onChoose: (target: NamedTarget, chosen: boolean) => void;
}

/** Sites to choose from; those that one may not set are disabled, with the reason. */
export function SiteChoice({ sites, targets, settingId, onChoose }: TargetChoiceProps) {
  const styles = useStyles();
  return (
    <ul className={styles.list} aria-label="Sites">
      {sites.map((site, index) => {
        const target = siteTarget(site);
        const chosen = isChosen(targets, target);
        const about = `site-${site.id}`;
        return (
          <li key={site.id} className={mergeClasses(styles.item, index > 0 && styles.line)}>
            <Checkbox
              label={site.name}
              aria-describedby={about}
              checked={chosen}
              disabled={!site.maySet && !chosen}
              onChange={(_, data) => onChoose(target, data.checked === true)}
            />
            <span id={about} className={styles.about}>
              <StandingBadge
                standing={targetStanding({
                  heldBy: site.heldBy,
                  chosen,
                  inherits: null,
                  settingId,
                })}
              />
              {`${site.sensors} sensor${site.sensors === 1 ? '' : 's'}`}
              {site.maySet ? null : ' · You aren’t Admin of the whole site'}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
