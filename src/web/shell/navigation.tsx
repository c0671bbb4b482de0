import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { NavLink } from 'react-router-dom';
import { can, useMe } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { visibleSections } from './navigation-entries.tsx';

const useStyles = makeStyles({
  nav: { padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalS}` },
  section: { marginBottom: tokens.spacingVerticalM },
  label: {
    display: 'block',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM} ${tokens.spacingVerticalXS}`,
    color: tokens.colorNeutralForeground3,
  },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  link: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    padding: `7px ${tokens.spacingHorizontalM}`,
    marginBottom: '2px',
    borderRadius: tokens.borderRadiusMedium,
    borderLeft: '3px solid transparent',
    color: tokens.colorNeutralForeground1,
    fontSize: tokens.fontSizeBase300,
    textDecorationLine: 'none',
    // Transparent borders are painted where the system picks the colors.
    '@media (forced-colors: active)': {
      borderLeftColor: 'Canvas',
      '&[aria-current="page"]': { borderLeftColor: 'Highlight' },
    },
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
    '& svg': { fontSize: '20px', flexShrink: 0, color: tokens.colorNeutralForeground2 },
    '&[aria-current="page"]': {
      backgroundColor: tokens.colorNeutralBackground1Selected,
      borderLeftColor: tokens.colorCompoundBrandStroke,
      fontWeight: tokens.fontWeightSemibold,
      '& svg': { color: tokens.colorCompoundBrandForeground1 },
    },
  },
});

/** The left navigation. What one may not use is absent. */
export function Navigation({ onNavigate }: { onNavigate?: () => void }) {
  const styles = useStyles();
  const me = useMe();
  return (
    <nav aria-label="Main" className={styles.nav}>
      {visibleSections((permission) => can(me, permission)).map((section) => (
        <div key={section.entries[0]?.to} className={styles.section}>
          {section.label !== null && (
            <Text as="h2" block size={200} weight="semibold" className={styles.label}>
              {section.label}
            </Text>
          )}
          <ul className={styles.list}>
            {section.entries.map(({ label, to, icon }) => (
              <li key={to}>
                <NavLink
                  to={to}
                  end={to === paths.overview()}
                  className={styles.link}
                  {...(onNavigate === undefined ? {} : { onClick: onNavigate })}
                >
                  {icon}
                  {label}
                </NavLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
