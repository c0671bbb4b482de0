import { getSecuritySettings } from '../../contract/security.ts';
import { can, useEndpoint, useMe } from '../api/hooks.ts';
import { Loading } from '../ui/loading.tsx';
import { NotForYourRole } from '../ui/not-for-your-role.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { SessionPolicyForm } from './session-policy-form.tsx';
import { SessionPolicyFacts } from './session-policy-facts.tsx';
import { SigningKeyPanel } from './signing-key-panel.tsx';
import { StepUpFacts } from './step-up-facts.tsx';
import { StepUpForm } from './step-up-form.tsx';
import { WebhookPanel } from './webhook-panel.tsx';

/** How long sessions last, what changes ask for, who is told of secrets, and the key of bundles. */
export function SecurityPage() {
  const me = useMe();
  const mayView = can(me, 'security.view');
  const settings = useEndpoint(getSecuritySettings, {}, { enabled: mayView });
  return (
    <Page
      title="Security"
      intro="How long people stay signed in, how long gates go on without the portal, what changes ask for, who is told of secrets that expire, and the key that gates trust."
    >
      {!mayView && <NotForYourRole permission="security.view" />}
      {mayView && settings.isPending && <Loading what="security settings" />}
      {settings.error !== null && (
        <ProblemNotice error={settings.error} onRetry={() => void settings.refetch()} />
      )}
      {settings.data !== undefined &&
        (can(me, 'security.edit') ? (
          <>
            <SessionPolicyForm settings={settings.data} />
            <StepUpForm settings={settings.data} />
          </>
        ) : (
          <>
            <SessionPolicyFacts policy={settings.data.sessionPolicy} />
            <StepUpFacts context={settings.data.stepUpContext} />
          </>
        ))}
      {mayView && <WebhookPanel />}
      {mayView && <SigningKeyPanel />}
    </Page>
  );
}
