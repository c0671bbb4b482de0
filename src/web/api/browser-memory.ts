/**
 * The little that the page remembers in this browser. Nothing of it opens anything: tokens stay in
 * MSAL's sessionStorage, the sessions of the server in cookies that scripts can't read.
 */
const keys = {
  signInHint: 'gatehouse.signInHint',
  /** The provider that somebody chose last, by its id. */
  chosenProvider: 'gatehouse.chosenProvider',
  /** The provider of the session that the server keeps for this browser; null without one. */
  webSession: 'gatehouse.webSession',
  recoveryEndsAt: 'gatehouse.recoveryEndsAt',
  theme: 'gatehouse.theme',
} as const;

type Key = keyof typeof keys;

/** Storage may be switched off, or full: the page then simply doesn't remember. */
export function remembered(key: Key): string | null {
  try {
    return localStorage.getItem(keys[key]);
  } catch {
    return null;
  }
}

export function remember(key: Key, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(keys[key]);
    else localStorage.setItem(keys[key], value);
  } catch {
    // Not remembered: the next tab asks again.
  }
}

/** What one tab alone remembers, until it is closed. */
const tabKeys = {
  /** Where a sign-in under way goes on to, should it fail first. */
  returnTo: 'gatehouse.returnTo',
  /** The token of an invitation that is being looked at. */
  invitation: 'gatehouse.invitation',
  /** They are on the way out, by the provider’s page. */
  signingOut: 'gatehouse.signingOut',
} as const;

type TabKey = keyof typeof tabKeys;

export function rememberedInTab(key: TabKey): string | null {
  try {
    return sessionStorage.getItem(tabKeys[key]);
  } catch {
    return null;
  }
}

export function rememberInTab(key: TabKey, value: string | null): void {
  try {
    if (value === null) sessionStorage.removeItem(tabKeys[key]);
    else sessionStorage.setItem(tabKeys[key], value);
  } catch {
    // Not remembered: a reload begins anew.
  }
}
