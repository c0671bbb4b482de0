// The one part of the platform that browsers and servers have alike for names of hosts (WHATWG URL,
// which maps them as UTS #46 says). It asks nobody.
declare const URL: new (url: string) => { readonly hostname: string };

const ascii = /^\p{ASCII}*$/u;
const hostName = /^[^\s/?#@:\\%[\]<>|^]+$/u;

/**
 * The form under which addresses are compared: trimmed, NFC, without case, the domain in ASCII
 * (punycode). Look-alikes stay apart: a local part that isn't ASCII never becomes one that is, as
 * the Kelvin sign would become a k.
 */
export function emailKey(address: string): string {
  const trimmed = address.trim();
  const at = trimmed.lastIndexOf('@');
  if (at < 1) return folded(trimmed);
  return `${folded(trimmed.slice(0, at))}@${asciiDomain(trimmed.slice(at + 1))}`;
}

function folded(text: string): string {
  const key = text.normalize('NFC').toLowerCase().normalize('NFC');
  return ascii.test(key) && !ascii.test(text) ? text : key;
}

function asciiDomain(domain: string): string {
  const plain = folded(domain);
  if (!hostName.test(plain)) return plain;
  try {
    return new URL(`https://${plain}`).hostname;
  } catch {
    return plain;
  }
}
