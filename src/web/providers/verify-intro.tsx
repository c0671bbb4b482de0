import { Text } from '@fluentui/react-components';
import type { Provider } from '../../contract/sign-in-providers.ts';

/** What a verification is, and what counts until then. */
export function VerifyIntro({ provider: { status } }: { provider: Provider }) {
  const now =
    status === 'active'
      ? 'The edit doesn’t count yet; what was verified goes on serving.'
      : 'It signs nobody in.';
  return (
    <Text>
      {`${now} Verify it with your own account: a window opens with Microsoft’s sign-in and its consent screen, and each check is shown here as it passes or fails.`}
    </Text>
  );
}
