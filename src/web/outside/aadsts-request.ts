import type { ExplainedAadsts } from '../../domain/aadsts.ts';
import { menderLabels } from '../../domain/aadsts-explanation.ts';

/** The addresses that Entra sends people back to, by the platform that they are registered under. */
export interface RedirectUris {
  readonly spa: string;
  /** Null at a gate, which signs nobody in through a server. */
  readonly web: string | null;
}

/**
 * What to send to whoever can mend it, with the exact values that they need. `consentLink`: null where
 * none is known.
 */
export function aadstsRequest(
  one: ExplainedAadsts,
  uris: RedirectUris,
  consentLink: string | null,
): string {
  const { number, meaning, fix, mender, needs } = one;
  const lines = [
    `Signing in to Gatehouse fails with AADSTS${number}: ${meaning}`,
    ...(mender === 'you' ? [] : [`It can be mended by ${menderLabels[mender]}:`]),
    fix,
    ...(needs === 'redirectUris' ? redirectLines(uris) : []),
    ...(needs === 'adminConsent' && consentLink !== null
      ? [`Admin-consent link: ${consentLink}`]
      : []),
  ];
  return lines.join('\n');
}

function redirectLines({ spa, web }: RedirectUris): string[] {
  return [
    `Redirect URI, platform Single-page application: ${spa}`,
    ...(web === null ? [] : [`Redirect URI, platform Web (with a client secret): ${web}`]),
  ];
}
