export interface PageOrigins {
  /** Where people sign in. */
  readonly login: string;
  readonly graph: string;
}

const never = "base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'";

/**
 * Headers of the page. The policy is the one that works with MSAL and with Fluent UI (styles are
 * inserted with the nonce): no `unsafe-inline`, no `unsafe-eval`.
 */
export function pageHeaders(nonce: string, { login, graph }: PageOrigins): Record<string, string> {
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' data:",
      "font-src 'self'",
      "manifest-src 'self'",
      `connect-src 'self' ${login} ${graph}`,
      `frame-src 'self' ${login}`,
      "form-action 'self'",
      "frame-ancestors 'none'",
      never,
    ].join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    'x-frame-options': 'DENY',
    'cache-control': 'no-store',
  };
}

/**
 * Headers of the redirect bridge: MSAL opens it in a hidden frame of our own page, and an opener
 * policy would cut it off from the page that waits for it.
 */
export const bridgeHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'none'; frame-ancestors 'self'; ${never}`,
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'SAMEORIGIN',
  'cache-control': 'no-store',
};
