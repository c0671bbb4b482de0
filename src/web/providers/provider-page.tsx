import { useParams } from 'react-router-dom';
import { getProvider, type Provider } from '../../contract/sign-in-providers.ts';
import { can, useEndpoint, useMe } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { Loading } from '../ui/loading.tsx';
import { NotForYourRole } from '../ui/not-for-your-role.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { CredentialsPanel } from './credentials-panel.tsx';
import { EnvironmentNotice } from './environment-notice.tsx';
import { ProviderActions } from './provider-actions.tsx';
import { ProviderFacts } from './provider-facts.tsx';
import { ProviderWarnings } from './provider-warnings.tsx';
import { StatusBadges } from './status-badges.tsx';
import { useWebVerification } from './use-web-verification.ts';
import { VerifySpa } from './verify-spa.tsx';
import { VerifyWeb } from './verify-web.tsx';
import { WaitingEdit } from './waiting-edit.tsx';

/** One provider: what it is, what waits to be verified, its secrets, and what to do with it. */
export function ProviderPage() {
  const { providerId = '' } = useParams();
  const me = useMe();
  const mayView = can(me, 'provider.view');
  const mayEdit = can(me, 'provider.edit');
  const answer = useEndpoint(getProvider, { params: { providerId } }, { enabled: mayView });
  const provider = answer.data;
  return (
    <Page
      title={provider?.name ?? 'Provider'}
      {...(provider === undefined ? {} : { intro: <StatusBadges provider={provider} /> })}
      breadcrumbs={[{ label: 'Single Sign-On', to: paths.singleSignOn() }]}
      actions={
        provider !== undefined && mayEdit ? <ProviderActions provider={provider} /> : undefined
      }
    >
      {!mayView && <NotForYourRole permission="provider.view" />}
      {mayView && answer.isPending && <Loading what="the provider" />}
      {answer.error !== null && (
        <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />
      )}
      {provider !== undefined && (
        <Sections key={provider.id} provider={provider} mayEdit={mayEdit} />
      )}
    </Page>
  );
}

function Sections({ provider, mayEdit }: { provider: Provider; mayEdit: boolean }) {
  const environment = provider.source === 'environment';
  return (
    <>
      <ProviderWarnings provider={provider} />
      {environment && <EnvironmentNotice />}
      <WaitingEdit provider={provider} mayEdit={mayEdit} />
      {provider.type === 'web' && <Web provider={provider} mayEdit={mayEdit} />}
      {provider.type === 'spa' && !environment && (
        <VerifySpa provider={provider} mayEdit={mayEdit} />
      )}
      <ProviderFacts provider={provider} />
    </>
  );
}

function Web({ provider, mayEdit }: { provider: Provider; mayEdit: boolean }) {
  const web = useWebVerification(provider);
  return (
    <>
      <VerifyWeb provider={provider} web={web} mayEdit={mayEdit} />
      <CredentialsPanel provider={provider} mayEdit={mayEdit} onVerify={web.start} />
    </>
  );
}
