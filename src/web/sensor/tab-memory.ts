/** What this tab remembers through the provider's pages. The console has the same origin: nothing of it opens anything. */
const keys = {
  /** The console's page that was asked for first. */
  askedFirst: 'gatehouse.askedFirst',
  /** Where the tab was sent last, and when: nobody is sent in circles. */
  sentTo: 'gatehouse.sentTo',
  /** The application that a sign-in was begun with. */
  signingIn: 'gatehouse.signingIn',
  /** The person asked to be signed out at Microsoft, too. */
  signingOut: 'gatehouse.signingOut',
  /** When the page was loaded anew because the gate had new settings. */
  reloadedAt: 'gatehouse.reloadedAt',
} as const;

type Key = keyof typeof keys;

/** Storage may be switched off: the tab then simply doesn't remember. */
export function recall(key: Key): string | null {
  try {
    return sessionStorage.getItem(keys[key]);
  } catch {
    return null;
  }
}

export function keep(key: Key, value: string | null): void {
  try {
    if (value === null) sessionStorage.removeItem(keys[key]);
    else sessionStorage.setItem(keys[key], value);
  } catch {
    // Not remembered: Overview opens, from where the console is one click away.
  }
}
