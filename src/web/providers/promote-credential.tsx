import { Button } from '@fluentui/react-components';
import {
  promoteCredential,
  type Provider,
  type ProviderCredential,
} from '../../contract/sign-in-providers.ts';
import { useChange } from '../api/hooks.ts';
import { useNotify } from '../ui/notify.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { credentialTitle } from './credential-title.ts';

interface PromoteCredentialProps {
  readonly provider: Provider;
  readonly credential: ProviderCredential;
  readonly appearance?: 'primary' | 'secondary';
}

/** Has sign-ins use a secret or certificate that stands by; the one before stands by then. */
export function PromoteCredential(props: PromoteCredentialProps) {
  const { provider, credential, appearance = 'secondary' } = props;
  const promote = useChange(promoteCredential);
  const notify = useNotify();
  const act = async () => {
    const params = { providerId: provider.id, credentialId: credential.id };
    await promote.mutateAsync({ params });
    notify('success', 'Promoted', 'Sign-ins use it from now on; the one before stands by.');
  };
  return (
    <>
      <Button
        {...(appearance === 'primary'
          ? { appearance }
          : {
              size: 'small' as const,
              'aria-label': `Promote ${credentialTitle(credential, provider.credentials)}`,
            })}
        disabledFocusable={promote.isPending}
        onClick={() => void act().catch(() => undefined)}
      >
        Promote
      </Button>
      {promote.error !== null && <ProblemNotice error={promote.error} />}
    </>
  );
}
