/** The token of a recovery link, taken out of the address; null without one. */
export function takeRecoveryToken(): string | null {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (location.hash !== '') history.replaceState(null, '', location.pathname);
  return token === null || token === '' ? null : token;
}
