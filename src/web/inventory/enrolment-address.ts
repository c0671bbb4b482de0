import { readGateAddress } from '../../contract/gate-address.ts';

/** The origin to send, or what to say at the field. */
export function checkAddress(
  text: string,
): { readonly origin: string } | { readonly message: string } {
  const read = readGateAddress(text);
  return 'origin' in read ? read : { message: `The address ${read.problem}.` };
}

/** Where Entra ID sends people back to after they signed in for a gate. */
export function redirectUri(origin: string): string {
  return `${origin}/_gatehouse/redirect.html`;
}
