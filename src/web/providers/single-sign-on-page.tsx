import { useState } from 'react';
import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { listProviders, type ProviderCandidate } from '../../contract/providers.ts';
import { can, useEndpoint, useMe } from '../api/hooks.ts';
import { Loading } from '../ui/loading.tsx';
import { NotForYourRole } from '../ui/not-for-your-role.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { CandidateForm } from './candidate-form.tsx';
import { CandidatePanel } from './candidate-panel.tsx';
import { EntraSteps } from './entra-steps.tsx';
import { ProviderTable } from './provider-table.tsx';

/** How people sign in to the portal. A new provider counts once a real sign-in through it has succeeded. */
export function SingleSignOnPage() {
  const me = useMe();
  const mayView = can(me, 'provider.view');
  const answer = useEndpoint(listProviders, {}, { enabled: mayView });
  const { data } = answer;
  // Once it is active it is a candidate no more; what its trial came to stays on the page.
  const [activated, setActivated] = useState<ProviderCandidate | null>(null);
  const [saved, setSaved] = useState(false);
  const candidate = activated ?? data?.candidate ?? null;
  const active = data?.providers.find((provider) => provider.status === 'active');
  const mayEdit = can(me, 'provider.edit') && active?.source !== 'environment';
  return (
    <Page
      title="Single Sign-On"
      intro="How people sign in to the portal: through an application in Microsoft Entra ID. A new one is tried with a real sign-in before it takes the place of the one before."
    >
      {!mayView && <NotForYourRole permission="provider.view" />}
      {mayView && answer.isPending && <Loading what="providers" />}
      {answer.error !== null && (
        <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />
      )}
      {data !== undefined && data.providers.length > 0 && (
        <ProviderTable providers={data.providers} />
      )}
      {active?.source === 'environment' && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>Set by the server’s environment</MessageBarTitle>
            The variables GATEHOUSE_ENTRA_* of the server name this provider. To change it here,
            remove them and restart the server.
          </MessageBarBody>
        </MessageBar>
      )}
      {mayEdit && data !== undefined && (
        <>
          {candidate !== null && (
            <CandidatePanel
              key={candidate.provider.createdAt}
              candidate={candidate}
              activated={activated !== null}
              justSaved={saved}
              onActivated={setActivated}
            />
          )}
          {activated === null && (
            <>
              <EntraSteps />
              <CandidateForm
                candidate={candidate}
                key={candidate?.provider.createdAt}
                onSave={() => setSaved(true)}
              />
            </>
          )}
        </>
      )}
    </Page>
  );
}
