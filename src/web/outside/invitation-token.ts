import { rememberedInTab, rememberInTab } from '../api/browser-memory.ts';
import { paths } from '../paths.ts';

// Taken when the page loads, before anything else runs: it must not stay in the address bar, in
// history, or where a sign-in might take it for its own answer.
if (location.pathname === paths.invitation() && location.hash !== '') {
  rememberInTab('invitation', new URLSearchParams(location.hash.slice(1)).get('token'));
  history.replaceState(null, '', paths.invitation());
}

/** The token of the invitation that this tab looks at, also after a reload; null without one. */
export function invitationToken(): string | null {
  return rememberedInTab('invitation');
}

/** It is needed no more: the sign-in itself goes by the address, not by the link. */
export function forgetInvitation(): void {
  rememberInTab('invitation', null);
}
