import { pageBase } from '../api/configuration.ts';
import { OutsidePage } from './outside-page.tsx';
import { TroubleshootingContent } from './troubleshooting-content.tsx';

/** Troubleshooting for somebody who isn't signed in. */
export function TroubleshootingPage() {
  return (
    <OutsidePage title="Troubleshooting" wide>
      <p>
        <a href={pageBase}>Back to sign-in</a>
      </p>
      <TroubleshootingContent />
    </OutsidePage>
  );
}
