import { createDOMRenderer, FluentProvider, RendererProvider } from '@fluentui/react-components';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { RouterProvider } from 'react-router-dom';
import { styleNonce } from './api/configuration.ts';
import type { Me } from '../contract/me.ts';
import { lookUpInvitation } from '../contract/users.ts';
import { allowGroupSearch, searchGroups } from './api/graph.ts';
import { call } from './api/call.ts';
import { MeContext } from './api/me-context.ts';
import { shouldRetry } from './api/retry.ts';
import { signOut } from './api/session.ts';
import type { SessionVia } from './api/session-state.ts';
import { useRenewal } from './api/use-renewal.ts';
import { useMeQuery } from './api/use-me-query.ts';
import { forgetInvitation, invitationToken } from './outside/invitation-token.ts';
import { preloadPages, router } from './routes.tsx';
import { SignInAgain } from './shell/sign-in-again.tsx';
import { isInvited } from './sign-in/invitation-words.ts';
import { SignInPage } from './sign-in/sign-in-page.tsx';
import { RefusalPage } from './sign-in/refusal-page.tsx';
import { WorkingPage } from './sign-in/working-page.tsx';
import { useTheme } from './theme.ts';
import { fluentThemes } from './ui/fluent-theme.ts';
import { GroupSearchContext } from './ui/group-search.ts';
import { SignOutContext } from './ui/sign-out.ts';
import { Notifications, useNotify } from './ui/notify.tsx';

const renderer = createDOMRenderer(
  document,
  styleNonce === undefined ? {} : { styleElementAttributes: { nonce: styleNonce } },
);

const leave = () => void signOut();

const groupSearch = { search: searchGroups, allow: allowGroupSearch };

/** The application of somebody who is signed in. Whoever signs out leaves with its whole cache. */
export function App({ via }: { via: SessionVia }) {
  const theme = useTheme();
  const [queries] = useState(
    () =>
      new QueryClient({
        defaultOptions: { queries: { retry: shouldRetry, staleTime: 5000, networkMode: 'always' } },
      }),
  );
  return (
    <RendererProvider renderer={renderer} targetDocument={document}>
      <FluentProvider theme={fluentThemes[theme.shown]}>
        <QueryClientProvider client={queries}>
          <GroupSearchContext value={via === 'entra' ? groupSearch : null}>
            <SignOutContext value={via === 'recovery' ? null : leave}>
              <SignedIn />
            </SignOutContext>
          </GroupSearchContext>
          <Notifications />
        </QueryClientProvider>
      </FluentProvider>
    </RendererProvider>
  );
}

function SignedIn() {
  const me = useMeQuery();
  const renewal = useRenewal();
  useTakenInvitation(me.data);
  if (me.data !== undefined) {
    return (
      <MeContext value={me.data}>
        <RouterProvider router={router} />
        <SignInAgain />
      </MeContext>
    );
  }
  // Nothing is on the page yet that a window would have to spare: the sign-in page does.
  if (renewal !== null) {
    return <SignInPage reason={{ kind: 'notContinued', failure: renewal.failure }} />;
  }
  if (me.isError && !me.isFetching) {
    return <RefusalPage error={me.error} onRetry={() => void me.refetch()} />;
  }
  return <WorkingPage work="loading" />;
}

/** Says what became of the invitation that somebody came by: it is taken by the account, not by the link. */
function useTakenInvitation(me: Me | undefined): void {
  const notify = useNotify();
  useEffect(() => {
    const token = invitationToken();
    if (me === undefined || token === null) return;
    forgetInvitation();
    const tell = async () => {
      const { value } = await call(lookUpInvitation, { body: { token } });
      if (value.state === 'used' && isInvited(value, me)) {
        return notify('success', 'You accepted the invitation');
      }
      if (value.state !== 'open') return undefined;
      return notify(
        'warning',
        'The invitation isn’t accepted',
        'It is for another address than this account’s. To accept it, sign out and open its link again.',
      );
    };
    // Nothing depends on it: Users has it, and so has the invitation's own page.
    void tell().catch(() => undefined);
  }, [me, notify]);
}

// The rest of the application is fetched while its reader looks at the first page.
requestIdleCallback(preloadPages, { timeout: 4000 });
