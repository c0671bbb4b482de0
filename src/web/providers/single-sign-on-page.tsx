import { KeyMultipleRegular } from '@fluentui/react-icons';
import { listProviders } from '../../contract/sign-in-providers.ts';
import { can, useEndpoint, useMe } from '../api/hooks.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Loading } from '../ui/loading.tsx';
import { NotForYourRole } from '../ui/not-for-your-role.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { MicrosoftCard } from './microsoft-card.tsx';
import { ProviderTable } from './provider-table.tsx';

/** The ways into the portal. A provider counts once a real sign-in through it has succeeded. */
export function SingleSignOnPage() {
  const me = useMe();
  const mayView = can(me, 'provider.view');
  const { data, error, isPending, refetch } = useEndpoint(listProviders, {}, { enabled: mayView });
  return (
    <Page
      title="Single Sign-On"
      intro="How people sign in to the portal: through applications in Microsoft Entra ID. A new one is verified by a real sign-in before it counts, and several may be active at once, so that one can take the place of another without a gap."
    >
      {!mayView && <NotForYourRole permission="provider.view" />}
      {mayView && isPending && <Loading what="providers" />}
      {error !== null && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {data !== undefined &&
        (data.providers.length > 0 ? (
          <ProviderTable providers={data.providers} />
        ) : (
          <EmptyState title="There is no provider yet" icon={<KeyMultipleRegular />}>
            Nobody can sign in with an account of their own until one is added and verified. Begin
            with a single-page application, unless your organization wants the sign-in on the
            server.
          </EmptyState>
        ))}
      {data !== undefined && can(me, 'provider.edit') && <MicrosoftCard />}
    </Page>
  );
}
