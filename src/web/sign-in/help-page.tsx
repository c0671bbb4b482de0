import { Page } from '../ui/page.tsx';
import { TroubleshootingContent } from '../outside/troubleshooting-content.tsx';

/** Troubleshooting for somebody who is signed in: the same, inside of the application. */
export function HelpPage() {
  return (
    <Page title="Troubleshooting">
      <TroubleshootingContent />
    </Page>
  );
}
