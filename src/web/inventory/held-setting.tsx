import { paths } from '../paths.ts';
import { useInventoryStyles } from './inventory-styles.ts';
import { PageLink } from '../ui/links.tsx';

interface HeldSettingProps {
  readonly heldBy: { readonly settingId: string; readonly settingName: string } | null;
  /** May the asker see settings there? */
  readonly visible: boolean;
  /** What is said where the level has no setting of its own. */
  readonly none: string;
}

/** The SSO setting that a site, a zone or a sensor has of its own. */
export function HeldSetting({ heldBy, visible, none }: HeldSettingProps) {
  const styles = useInventoryStyles();
  if (!visible) return <span className={styles.muted}>Not shown to your role</span>;
  if (heldBy === null) return <span className={styles.muted}>{none}</span>;
  return (
    <PageLink to={paths.sensorSetting({ settingId: heldBy.settingId })}>
      {heldBy.settingName}
    </PageLink>
  );
}
