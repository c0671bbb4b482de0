import { Badge, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { ChevronRight20Regular } from '@fluentui/react-icons';
import { HeldSetting } from './held-setting.tsx';
import type { InheritanceLevel, LevelStanding } from './inheritance.ts';

const useStyles = makeStyles({
  trail: {
    display: 'flex',
    alignItems: 'stretch',
    gap: tokens.spacingHorizontalS,
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    '@media (max-width: 720px)': { flexDirection: 'column' },
  },
  step: {
    display: 'flex',
    flex: '1 1 0',
    minWidth: 0,
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    '@media (max-width: 720px)': { flexDirection: 'column', alignItems: 'stretch' },
  },
  arrow: {
    flexShrink: 0,
    color: tokens.colorNeutralForeground3,
    '@media (max-width: 720px)': { transform: 'rotate(90deg)', alignSelf: 'center' },
  },
  card: {
    display: 'flex',
    flex: 1,
    minWidth: 0,
    height: '100%',
    boxSizing: 'border-box',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalXS,
    padding: tokens.spacingHorizontalM,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    overflowWrap: 'anywhere',
  },
  wins: {
    border: `2px solid ${tokens.colorBrandStroke1}`,
    backgroundColor: tokens.colorBrandBackground2,
  },
  kind: { color: tokens.colorNeutralForeground3 },
});

const kindLabels = { site: 'Site', zone: 'Zone', sensor: 'Sensor' } as const;

const standings: Readonly<
  Record<LevelStanding, { label: string; color: 'brand' | 'warning' | 'informative' }>
> = {
  wins: { label: 'Applies', color: 'brand' },
  shadowed: { label: 'Shadowed', color: 'warning' },
  none: { label: 'No setting of its own', color: 'informative' },
};

/** The way from the site down to the sensor: what each level has, and which of them applies. */
export function InheritanceTrail({ levels }: { readonly levels: readonly InheritanceLevel[] }) {
  const styles = useStyles();
  return (
    <ol className={styles.trail} aria-label="Where the setting comes from, from the site down">
      {levels.map((level, index) => (
        <li key={level.kind} className={styles.step}>
          {index === 0 ? null : <ChevronRight20Regular className={styles.arrow} aria-hidden />}
          <LevelCard level={level} />
        </li>
      ))}
    </ol>
  );
}

function LevelCard({ level }: { readonly level: InheritanceLevel }) {
  const styles = useStyles();
  const { label, color } = standings[level.standing];
  return (
    <div className={mergeClasses(styles.card, level.standing === 'wins' && styles.wins)}>
      <Text size={200} className={styles.kind}>
        {kindLabels[level.kind]}
      </Text>
      <Text weight="semibold">{level.name}</Text>
      {level.setting === null ? null : <HeldSetting heldBy={level.setting} visible none="None" />}
      <Badge appearance={level.standing === 'none' ? 'outline' : 'tint'} color={color}>
        {label}
      </Badge>
    </div>
  );
}
