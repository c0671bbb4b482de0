import { msalClient } from '../api/msal-client.ts';

/** The console's scripts have this origin too: from now on the cookie counts, which they can't read. */
export async function forgetTokens(): Promise<void> {
  const account = msalClient?.getActiveAccount() ?? null;
  await msalClient?.clearCache({ account }).catch(() => {
    // What is left ends with the tab.
  });
  msalClient?.setActiveAccount(null);
}
