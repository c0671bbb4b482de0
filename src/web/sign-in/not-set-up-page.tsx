import { configuration } from '../api/configuration.ts';
import { OutsidePage } from '../outside/outside-page.tsx';
import { RecoverCommand } from '../outside/recover-command.tsx';

/** Nobody has connected the portal with Entra ID so far. */
export function NotSetUpPage() {
  return (
    <OutsidePage title="Sign-in isn’t set up yet">
      <p>
        Nobody has connected {configuration.name} with Microsoft Entra ID so far. Only a recovery
        link leads in.
      </p>
      <h2>What to do</h2>
      <ol>
        <li>
          Open the recovery link that the server printed when it started. For a new one, run{' '}
          <RecoverCommand /> on the server. It is good once and for 15 minutes.
        </li>
        <li>Enter your tenant and application under Single Sign-On, and try them.</li>
        <li>Sign in.</li>
      </ol>
      <p>
        If you don’t run the server yourself, send these steps to whoever does. They are called
        “With your own tenant” in the README.
      </p>
    </OutsidePage>
  );
}
