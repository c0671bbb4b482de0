import { configuration } from '../api/configuration.ts';
import { OutsidePage } from '../outside/outside-page.tsx';
import { paths } from '../paths.ts';

/** Where Entra leads an administrator who has agreed for everybody. */
export function ConsentedPage() {
  return (
    <OutsidePage title="Consent was granted">
      <p>
        Microsoft Entra ID says that you agreed, for everybody of your organization, to what{' '}
        {configuration.name} reads at sign-in. Tell whoever asked you that they can sign in now: it
        may take a minute until it counts everywhere.
      </p>
      <div className="outside-actions">
        <a className="outside-primary" href={paths.overview()}>
          Sign in now
        </a>
      </div>
    </OutsidePage>
  );
}
