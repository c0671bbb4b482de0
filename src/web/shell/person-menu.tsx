import {
  Avatar,
  Button,
  makeStyles,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Text,
  tokens,
} from '@fluentui/react-components';
import { PersonKeyRegular, SignOutRegular } from '@fluentui/react-icons';
import { useNavigate } from 'react-router-dom';
import { useMe } from '../api/hooks.ts';
import { signOut } from '../api/session.ts';
import { endRecovery } from '../api/end-recovery.ts';
import { paths } from '../paths.ts';
import { chooseTheme, themeChoices, useTheme, type ThemeChoice } from '../theme.ts';
import { RoleBadge } from '../ui/role-badge.tsx';

const useStyles = makeStyles({
  button: {
    gap: tokens.spacingHorizontalS,
    color: '#ffffff',
    minWidth: 'auto',
    maxWidth: '260px',
    ':hover': { color: '#ffffff', backgroundColor: 'rgba(255, 255, 255, 0.15)' },
    ':hover:active': { color: '#ffffff', backgroundColor: 'rgba(255, 255, 255, 0.2)' },
  },
  name: {
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    '@media (max-width: 480px)': { display: 'none' },
  },
  who: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
    padding: tokens.spacingHorizontalM,
    maxWidth: '320px',
    overflowWrap: 'anywhere',
  },
  soft: { color: tokens.colorNeutralForeground2 },
});

const themeLabels: Record<ThemeChoice, string> = {
  system: 'As the system',
  light: 'Light',
  dark: 'Dark',
};

/** Who is signed in, with their role, the theme, and the way out. */
export function PersonMenu() {
  const styles = useStyles();
  const me = useMe();
  const theme = useTheme();
  const navigate = useNavigate();
  const recovery = me.kind === 'recovery';
  return (
    <Menu
      checkedValues={{ theme: [theme.choice] }}
      onCheckedValueChange={(_, { checkedItems }) => {
        chooseTheme(themeChoices.find((one) => one === checkedItems[0]) ?? 'system');
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="transparent"
          className={styles.button}
          aria-label={`Account: ${me.name}`}
          icon={<Avatar name={me.name} size={28} color="neutral" aria-hidden />}
        >
          <span className={styles.name}>{me.name}</span>
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <div className={styles.who}>
          <Text weight="semibold">{me.name}</Text>
          {me.userPrincipalName !== null && (
            <Text size={200} className={styles.soft}>
              {me.userPrincipalName}
            </Text>
          )}
          <div>
            <RoleBadge role={me.portalRole} />{' '}
            <Text size={200} className={styles.soft}>
              {me.portalRole === null ? 'in the portal; roles at sites only' : 'in the portal'}
            </Text>
          </div>
        </div>
        <MenuList>
          <MenuItem icon={<PersonKeyRegular />} onClick={() => void navigate(paths.myAccess())}>
            My access
          </MenuItem>
          <MenuDivider />
          <MenuGroup>
            <MenuGroupHeader>Theme</MenuGroupHeader>
            {themeChoices.map((choice) => (
              <MenuItemRadio key={choice} name="theme" value={choice}>
                {themeLabels[choice]}
              </MenuItemRadio>
            ))}
          </MenuGroup>
          <MenuDivider />
          <MenuItem
            icon={<SignOutRegular />}
            onClick={() => void (recovery ? endRecovery() : signOut())}
          >
            {recovery ? 'End the recovery session' : 'Sign out'}
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
