import {
  Button,
  DrawerBody,
  DrawerHeader,
  DrawerHeaderTitle,
  makeStyles,
  mergeClasses,
  OverlayDrawer,
  ProgressBar,
  tokens,
} from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Outlet, useLocation, useNavigation } from 'react-router-dom';
import { getMe } from '../../contract/me.ts';
import { endpointKey, useMe } from '../api/hooks.ts';
import { keepFocus } from './keep-focus.ts';
import { LeaveUnsaved } from './leave-unsaved.tsx';
import { Navigation } from './navigation.tsx';
import { RecoveryBanner } from './recovery-banner.tsx';
import { TopBar } from './top-bar.tsx';

const useStyles = makeStyles({
  shell: {
    minHeight: '100vh',
    display: 'grid',
    gridTemplateColumns: '248px minmax(0, 1fr)',
    gridTemplateRows: 'auto 1fr',
    backgroundColor: tokens.colorNeutralBackground2,
    '@media (max-width: 900px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  head: { gridColumn: '1 / -1', position: 'sticky', top: 0, zIndex: 10 },
  side: {
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    '@media (max-width: 900px)': { display: 'none' },
  },
  sideScroll: {
    position: 'sticky',
    top: '48px',
    maxHeight: 'calc(100vh - 48px)',
    overflowY: 'auto',
  },
  // Under the recovery banner, which stays in view too.
  sideScrollLower: { top: '88px', maxHeight: 'calc(100vh - 88px)' },
  main: { minWidth: 0, display: 'flex', justifyContent: 'flex-start', outlineStyle: 'none' },
  drawer: { padding: 0 },
  skip: {
    position: 'absolute',
    left: '8px',
    top: '-60px',
    zIndex: 20,
    ':focus': { top: '8px' },
    // Fluent lowers what has the focus to 1: that is under the top bar.
    '&[data-fui-focus-visible]': { zIndex: 20 },
  },
  progress: { position: 'absolute', bottom: 0, left: 0, right: 0 },
});

/** The frame of every page: top bar, left navigation, and what is on now. */
export function Shell() {
  const styles = useStyles();
  const me = useMe();
  const navigation = useNavigation();
  const [menuOpen, setMenuOpen] = useState(false);
  useEffect(() => keepFocus(document), []);
  useFreshRole();
  return (
    <div className={styles.shell}>
      <Button as="a" href="#main" appearance="primary" className={styles.skip}>
        Skip to the page
      </Button>
      <div className={styles.head}>
        <TopBar onMenu={() => setMenuOpen(true)} />
        <RecoveryBanner />
        {navigation.state !== 'idle' && (
          <ProgressBar
            className={styles.progress}
            thickness="medium"
            aria-label="Loading the page"
          />
        )}
      </div>
      <div className={styles.side}>
        <div
          className={mergeClasses(
            styles.sideScroll,
            me.kind === 'recovery' && styles.sideScrollLower,
          )}
        >
          <Navigation />
        </div>
      </div>
      {/* Mounted only while it is open: a modal that waits puts focus traps around every page. */}
      {menuOpen && (
        <OverlayDrawer
          open
          size="small"
          aria-label="Main menu"
          onOpenChange={(_, { open }) => setMenuOpen(open)}
        >
          <DrawerHeader>
            <DrawerHeaderTitle
              action={
                <Button
                  appearance="subtle"
                  icon={<DismissRegular />}
                  aria-label="Close the menu"
                  onClick={() => setMenuOpen(false)}
                />
              }
            >
              Menu
            </DrawerHeaderTitle>
          </DrawerHeader>
          <DrawerBody className={styles.drawer}>
            <Navigation onNavigate={() => setMenuOpen(false)} />
          </DrawerBody>
        </OverlayDrawer>
      )}
      <main id="main" tabIndex={-1} className={styles.main}>
        <Outlet />
      </main>
      <LeaveUnsaved />
    </div>
  );
}

/** A role can be given or taken at any time: each page that is gone to is shown by what holds now. */
function useFreshRole(): void {
  const queries = useQueryClient();
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    void queries.refetchQueries({ queryKey: endpointKey(getMe.path), stale: true });
  }, [pathname, queries]);
}
