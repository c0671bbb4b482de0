import { listProviders } from '../../contract/sign-in-providers.ts';
import { useEndpoint } from '../api/hooks.ts';
import { Loading } from '../ui/loading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import type { ProviderDraft } from './provider-draft.ts';
import { SpaSteps } from './spa-steps.tsx';
import { WebSteps } from './web-steps.tsx';

/** The steps in Entra for what is entered. Their addresses come from the server, which knows its own. */
export function StepsOf({
  draft,
  kind = 'secret',
}: {
  draft: ProviderDraft;
  kind?: 'secret' | 'certificate';
}) {
  const { data, error, refetch } = useEndpoint(listProviders);
  if (data !== undefined) {
    const { redirectUris } = data;
    return draft.type === 'web' ? (
      <WebSteps draft={draft} kind={kind} redirectUris={redirectUris} />
    ) : (
      <SpaSteps draft={draft} redirectUri={redirectUris.spa} />
    );
  }
  if (error !== null) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  return <Loading what="what to enter in Entra" />;
}
