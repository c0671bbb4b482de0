import { useParams } from 'react-router-dom';
import { getProvider } from '../../contract/sign-in-providers.ts';
import { can, useEndpoint, useMe } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { Loading } from '../ui/loading.tsx';
import { NotForYourRole } from '../ui/not-for-your-role.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { EditProviderForm } from './edit-provider-form.tsx';
import { EnvironmentNotice } from './environment-notice.tsx';

/** Edits a provider. What was verified goes on serving until the edit has been verified, too. */
export function EditProviderPage() {
  const { providerId = '' } = useParams();
  const me = useMe();
  const mayEdit = can(me, 'provider.edit');
  const answer = useEndpoint(getProvider, { params: { providerId } }, { enabled: mayEdit });
  const provider = answer.data;
  return (
    <Page
      title={provider === undefined ? 'Edit a provider' : `Edit ${provider.name}`}
      {...(provider?.status === 'active'
        ? {
            intro:
              'What is verified goes on serving until you have verified the edit, too. A new name counts at once.',
          }
        : {})}
      breadcrumbs={[
        { label: 'Single Sign-On', to: paths.singleSignOn() },
        ...(provider === undefined
          ? []
          : [{ label: provider.name, to: paths.provider({ providerId }) }]),
      ]}
    >
      {!mayEdit && <NotForYourRole permission="provider.edit" />}
      {mayEdit && answer.isPending && <Loading what="the provider" />}
      {answer.error !== null && provider === undefined && (
        <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />
      )}
      {provider?.source === 'environment' && <EnvironmentNotice />}
      {provider?.source === 'portal' && <EditProviderForm key={provider.id} provider={provider} />}
    </Page>
  );
}
