import type { SessionWork } from '../api/session-state.ts';
import { OutsidePage } from './outside-page.tsx';

const words: Record<SessionWork | 'loading', { title: string; text: string }> = {
  starting: { title: 'One moment', text: 'Checking whether you are signed in…' },
  continuing: { title: 'Signing you in', text: 'Continuing the session of this browser…' },
  redirecting: { title: 'Signing you in', text: 'Taking you to Microsoft Entra ID…' },
  signingOut: {
    title: 'Signing you out',
    text: 'Signing you out here, in other tabs and at Microsoft Entra ID…',
  },
  loading: { title: 'One moment', text: 'Loading Gatehouse…' },
};

/** Says what is going on while MSAL works. What is quick isn't shown at all: it fades in late. */
export function WorkingPage({ work }: { work: SessionWork | 'loading' }) {
  const { title, text } = words[work];
  return (
    <div className="outside-late">
      <OutsidePage title={title}>
        <output className="outside-working">
          <span className="outside-spinner" aria-hidden="true" />
          {text}
        </output>
      </OutsidePage>
    </div>
  );
}
