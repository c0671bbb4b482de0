import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { useHref, useLinkClickHandler } from 'react-router-dom';
import type { Overview } from '../../contract/overview.ts';
import { paths } from '../paths.ts';

const useStyles = makeStyles({
  list: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(150px, 1fr))',
    gap: tokens.spacingHorizontalL,
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
  tile: {
    display: 'block',
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXL}`,
    color: 'inherit',
    textDecorationLine: 'none',
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
  },
  link: {
    ':hover': { border: `1px solid ${tokens.colorCompoundBrandStroke}` },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  count: { display: 'block', fontVariantNumeric: 'tabular-nums' },
  label: { color: tokens.colorNeutralForeground2 },
});

/** How much there is, each leading to its list. */
export function Counts({ overview }: { overview: Overview }) {
  const styles = useStyles();
  return (
    <ul className={styles.list}>
      <Tile one="Site" many="Sites" count={overview.sites} to={paths.sites()} />
      <Tile one="Zone" many="Zones" count={overview.zones} to={paths.sites()} />
      <Tile one="Sensor" many="Sensors" count={overview.sensors} to={paths.sensors()} />
      {overview.ssoSettings !== null && (
        <Tile
          one="SSO setting"
          many="SSO settings"
          count={overview.ssoSettings}
          to={paths.sensorSettings()}
        />
      )}
    </ul>
  );
}

interface TileProps {
  readonly one: string;
  readonly many: string;
  readonly count: number;
  readonly to: string;
}

function Tile({ one, many, count, to }: TileProps) {
  const styles = useStyles();
  return (
    <li>
      <a
        href={useHref(to)}
        onClick={useLinkClickHandler(to)}
        className={mergeClasses(styles.tile, styles.link)}
      >
        <Text size={800} weight="semibold" className={styles.count}>
          {count.toLocaleString()}
        </Text>
        <Text className={styles.label}>{count === 1 ? one : many}</Text>
      </a>
    </li>
  );
}
