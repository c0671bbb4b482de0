import {
  Button,
  makeStyles,
  Text,
  tokens,
  useRestoreFocusTarget,
} from '@fluentui/react-components';
import { NavigationRegular } from '@fluentui/react-icons';
import { Link } from 'react-router-dom';
import { configuration } from '../api/configuration.ts';
import { paths } from '../paths.ts';
import { PersonMenu } from './person-menu.tsx';

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    height: '48px',
    boxSizing: 'border-box',
    padding: `0 ${tokens.spacingHorizontalM}`,
    color: '#ffffff',
    backgroundImage: 'linear-gradient(90deg, #07363e, #0b5c66)',
    borderBottom: `1px solid ${tokens.colorTransparentStroke}`,
  },
  menu: {
    color: '#ffffff',
    ':hover': { color: '#ffffff', backgroundColor: 'rgba(255, 255, 255, 0.15)' },
    '@media (min-width: 901px)': { display: 'none' },
  },
  name: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    color: 'inherit',
    textDecorationLine: 'none',
    borderRadius: tokens.borderRadiusMedium,
    ':focus-visible': { outline: '2px solid #ffffff', outlineOffset: '2px' },
  },
  space: { flexGrow: 1 },
});

export function TopBar({ onMenu }: { onMenu: () => void }) {
  const styles = useStyles();
  const takesFocusBack = useRestoreFocusTarget();
  return (
    <header className={styles.bar}>
      <Button
        {...takesFocusBack}
        appearance="transparent"
        className={styles.menu}
        icon={<NavigationRegular />}
        aria-label="Menu"
        onClick={onMenu}
      />
      <Link to={paths.overview()} className={styles.name}>
        <img src="/favicon.svg" alt="" width="26" height="26" />
        <Text size={400} weight="semibold">
          {configuration.name}
        </Text>
      </Link>
      <span className={styles.space} />
      <PersonMenu />
    </header>
  );
}
