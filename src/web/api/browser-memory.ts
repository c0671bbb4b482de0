/**
 * The little that the page remembers in this browser. Nothing of it opens anything: tokens stay in
 * MSAL's sessionStorage, the recovery session in a cookie that scripts can't read.
 */
const keys = {
  signInHint: 'gatehouse.signInHint',
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
