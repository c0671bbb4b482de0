import type { webSignInChannel } from '../../contract/web-sign-in.ts';
import type { SignInFailure } from './sign-in-failure.ts';
import { WindowBlockedError } from './window-errors.ts';

/** What a window of its own tells the pages of this browser when it is done. */
export type WindowAnswer =
  | { readonly kind: 'signedIn' | 'verified' }
  | { readonly kind: 'failed'; readonly failure: SignInFailure };

const name: typeof webSignInChannel = 'gatehouse.webSignIn';
const channel = new BroadcastChannel(name);

/** Tells every page of this browser: Entra's pages cut a window off from its opener. */
export function tellPages(answer: WindowAnswer): void {
  // A BroadcastChannel reaches our own origin only; it takes no target.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  channel.postMessage(answer);
}

/** The same from a window of its own, which closes then. */
export function answerOpener(answer: WindowAnswer): void {
  tellPages(answer);
  window.close();
}

/** Calls back for each answer of a window; `stop` ends it. */
export function onWindowAnswer(listener: (answer: WindowAnswer) => void): () => void {
  const heard = ({ data }: MessageEvent<WindowAnswer>) => listener(data);
  channel.addEventListener('message', heard);
  return () => channel.removeEventListener('message', heard);
}

/**
 * Opens a window at once, as browsers want it on a click, and leads it to the address once that is
 * known. WindowBlockedError where it can't be opened.
 */
export async function openSignInWindow(address: () => Promise<string>): Promise<void> {
  const opened = window.open('', '_blank', 'popup,width=520,height=700');
  if (opened === null) throw new WindowBlockedError();
  try {
    opened.location.replace(await address());
  } catch (error) {
    opened.close();
    throw error;
  }
}
