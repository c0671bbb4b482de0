import type { SessionWork } from '../api/session-state.ts';
import { Working } from '../outside/working.tsx';

const words: Record<SessionWork | 'loading', { title: string; text: string }> = {
  starting: { title: 'One moment', text: 'Checking whether you are signed in…' },
  continuing: { title: 'Signing you in', text: 'Continuing the session of this browser…' },
  redirecting: { title: 'Signing you in', text: 'Taking you to Microsoft Entra ID…' },
  signingOut: {
    title: 'Signing you out',
    text: 'Signing you out here, in other tabs and at Microsoft Entra ID…',
  },
  closing: {
    title: 'Done',
    text: 'You can close this window and go on in the other one.',
  },
  loading: { title: 'One moment', text: 'Loading Gatehouse…' },
};

/** Says what is going on while nothing can be done yet. */
export function WorkingPage({ work }: { work: SessionWork | 'loading' }) {
  return <Working {...words[work]} />;
}
