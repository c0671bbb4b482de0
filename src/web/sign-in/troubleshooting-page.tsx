import { OutsidePage } from './outside-page.tsx';
import { TroubleshootingContent } from './troubleshooting-content.tsx';
import { paths } from '../paths.ts';

/** Troubleshooting for somebody who isn't signed in. */
export function TroubleshootingPage() {
  return (
    <OutsidePage title="Troubleshooting" wide>
      <p>
        <a href={paths.overview()}>Back to sign-in</a>
      </p>
      <TroubleshootingContent />
    </OutsidePage>
  );
}
