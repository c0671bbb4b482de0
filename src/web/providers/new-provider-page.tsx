import { useParams } from 'react-router-dom';
import { getPortalAccess } from '../../contract/portal-access.ts';
import type { ProviderType } from '../../domain/provider.ts';
import { can, useEndpoint, useMe } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageButton } from '../ui/links.tsx';
import { Loading } from '../ui/loading.tsx';
import { NotForYourRole } from '../ui/not-for-your-role.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { NewProviderForm } from './new-provider-form.tsx';
import { useOtherNames } from './use-other-names.ts';

const titles: Readonly<Record<ProviderType, string>> = {
  spa: 'Add a single-page application',
  web: 'Add a web application',
};

/** Adds a provider: what to do in Entra beside what to enter here. */
export function NewProviderPage() {
  const me = useMe();
  const { type } = useParams();
  const breadcrumbs = [{ label: 'Single Sign-On', to: paths.singleSignOn() }];
  if (type !== 'spa' && type !== 'web') {
    return (
      <Page title="There is no such kind of provider" breadcrumbs={breadcrumbs}>
        <EmptyState
          title="Nothing is at this address"
          action={<PageButton to={paths.singleSignOn()}>Go to Single Sign-On</PageButton>}
        >
          A provider is a single-page application or a web application.
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page
      title={titles[type]}
      intro="It signs nobody in until you have verified it with a real sign-in, which is the next step."
      breadcrumbs={breadcrumbs}
    >
      {can(me, 'provider.edit') ? (
        <Form key={type} type={type} />
      ) : (
        <NotForYourRole permission="provider.edit" />
      )}
    </Page>
  );
}

function Form({ type }: { type: ProviderType }) {
  const access = useEndpoint(getPortalAccess);
  const others = useOtherNames(null);
  const failed = [access, others].find(({ error }) => error !== null);
  if (access.data !== undefined && others.names !== undefined) {
    const noAdmin = access.data.permissions.admin.length === 0;
    return <NewProviderForm type={type} noAdmin={noAdmin} otherNames={others.names} />;
  }
  if (failed !== undefined) {
    return <ProblemNotice error={failed.error} onRetry={() => void failed.refetch()} />;
  }
  return <Loading what="portal access" />;
}
