import { Link, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import type { SsoSetting } from '../../contract/sso-settings.ts';
import { paths } from '../paths.ts';
import { PageLink } from '../ui/links.tsx';
import { useSettingStyles } from './setting-styles.ts';

/** Said once, after Create or Save: what is done, and what to do next. */
export function SavedNotice({ setting }: { readonly setting: SsoSetting }) {
  const styles = useSettingStyles();
  const { pathname, state } = useLocation() as { pathname: string; state: unknown };
  const navigate = useNavigate();
  const [saved] = useState(() => savedIn(state));
  useEffect(() => {
    // A reload is not another save.
    if (state !== null) void navigate(pathname, { replace: true, state: null });
  }, [navigate, pathname, state]);
  if (saved === null) return null;
  const site = setting.targets[0];
  return (
    <MessageBar intent="success" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>
          {saved === 'created' ? 'The setting is created' : `Version ${setting.version} is saved`}
        </MessageBarTitle>{' '}
        {saved === 'created'
          ? 'What to do next:'
          : 'It is in force now; Delivery, below, says how far it has come to the gates. To see it:'}
        <ol className={styles.list}>
          {saved === 'created' ? (
            <li>
              In Entra ID, in the application’s Authentication, add one redirect URI for each
              sensor, platform <strong>Single-page application (SPA)</strong>: the address of its
              gate as people open it, with <code>/_gatehouse/redirect.html</code>. Entra confirms
              with “Your redirect URI is eligible for the Authorization Code Flow with PKCE”.{' '}
              <Link
                href="https://learn.microsoft.com/entra/identity-platform/reply-url"
                target="_blank"
                rel="noreferrer"
              >
                Rules for redirect URIs
              </Link>
            </li>
          ) : null}
          <li>
            {site === undefined ? (
              'Open a sensor that it applies to: its page shows that this setting applies, and at which level.'
            ) : (
              <>
                Open a sensor of{' '}
                <PageLink to={`${paths.sensors()}?site=${site.siteId}`}>{site.siteName}</PageLink>:
                its page shows that this setting applies, and what it gives you.
              </>
            )}
          </li>
          <li>
            Somebody in one of its groups signs in with SSO Sign-in; the role that they get is on
            their <PageLink to={paths.myAccess()}>My access</PageLink> page.
          </li>
        </ol>
      </MessageBarBody>
    </MessageBar>
  );
}

function savedIn(state: unknown): 'created' | 'changed' | null {
  if (typeof state !== 'object' || state === null || !('saved' in state)) return null;
  return state.saved === 'created' || state.saved === 'changed' ? state.saved : null;
}
