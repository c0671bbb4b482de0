import { onlyReads } from '../../domain/method-override.ts';
import { returnAddress } from '../../domain/return-address.ts';
import type { gatePageRoot, returnParameter } from '../../contract/gate-page.ts';

// Types tie them to the contract; importing the values would bring its schemas in.
const parameter: typeof returnParameter = 'return';
const pageRoot: typeof gatePageRoot = '/_gatehouse/';

/**
 * `text` where it is an address of the console; null for anything else: the page's own, and what changes
 * something by a method in its query, because another site may have led here for the sake of that.
 */
export function consoleAddress(text: string | null): string | null {
  const address = returnAddress(text, '');
  if (address === '' || `${address}/`.toLowerCase().startsWith(pageRoot)) return null;
  return onlyReads('GET', address) ? address : null;
}

/**
 * The console's page that was asked for first, by the search and the fragment of the sign-in page's
 * address; null without one. Browsers carry the fragment of the first address through redirects.
 * Proxies in front of a gate often can't encode what they put there: then all of it belongs to it.
 */
export function askedFirst(search: string, fragment: string): string | null {
  const unencoded = /^\?return=(\/.*)$/u.exec(search)?.[1];
  const address = consoleAddress(unencoded ?? new URLSearchParams(search).get(parameter));
  return address === null || address.includes('#')
    ? address
    : consoleAddress(`${address}${fragment}`);
}
