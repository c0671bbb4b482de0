import { relative } from 'node:path';
import type { Directory } from '../demo/directory-types.ts';
import { clientIds, demoPassword } from '../demo/directory.ts';
import type { DemoGate } from './demo-gates.ts';

export interface DemoWords {
  /** Addresses, without a trailing slash. */
  readonly portal: string;
  readonly entra: string;
  readonly gates: readonly DemoGate[];
  readonly directory: Directory;
  readonly dataDir: string;
  readonly recoveryLink: string;
  /** From the command to ready. */
  readonly seconds: number;
}

/** What the demo prints when it is ready: where it is, who there is, and what to try. */
export function introduction(words: DemoWords): string {
  const { portal, entra, gates, directory, dataDir, recoveryLink, seconds } = words;
  return `
Gatehouse demo, ready after ${seconds.toFixed(1)} s. Ctrl-C ends it; its state stays in ${fromHere(dataDir)}.

  Portal        ${portal}
${gates.map(addressOf).join('')}  Local Entra   ${entra}   (a stand-in for Microsoft Entra ID, on this machine only)
  Phone         ${entra}/authenticator   (approves MFA prompts)

Sample people; everybody's password is ${demoPassword}
${people(directory).join('\n')}

Try this:
  1. Sign in to the portal as ada.verhaegen@${directory.tenant.domain}, and approve the MFA
     prompt on the phone page. Sites and sensors > Sensor settings has two settings for Antwerp:
     the site's, and an exception for its zone Tank farm.
  2. Open both gates in a private window and sign in as dries.janssens@${directory.tenant.domain}.
     He is Admin of the site, so at the first he may acknowledge alerts; the exception makes him
     Read only at the second, and its gate refuses that.
  3. As Ada, change who has which role in the Tank farm: Dries's next click there obeys it.
  4. As Ada, add organization sign-in under Settings > Single Sign-On: a web application with the
     values below. Select Verify Integration, then sign in by it in a private window. Under
     Settings > Users, invite somebody who is in no group; the link is shown once.

${webApplication(directory)}

Recovery link (opens an Admin session of 30 minutes; good once, for 15 minutes):
  ${recoveryLink}
`;
}

function addressOf({ origin, sensorName, rule }: DemoGate): string {
  return `  Gate          ${origin}   (console of ${sensorName}, by ${rule})\n`;
}

/** What local Entra would show of its registration, for the form that asks for it. */
function webApplication({ tenant, applications }: Directory): string {
  const found = applications.find(({ clientId }) => clientId === clientIds.organizationSignIn);
  const secret = found?.secrets.find(({ expiresAt }) => expiresAt === undefined)?.value ?? '';
  const [redirectUri = ''] = found?.redirectUris.web ?? [];
  return `A web application that is registered in local Entra, for organization sign-in
  Client ID     ${clientIds.organizationSignIn}
  Client Secret ${secret}
  Tenant ID     ${tenant.id}   (or none: it is registered as multitenant)
  Expires       never here; Entra's own do, after two years at most: enter a day in the next months
  Redirect URI  ${redirectUri}   (is entered there already)`;
}

function people({ people: everybody }: Directory): string[] {
  const named = everybody.map(({ upn, displayName, shows }) => ({
    name: upn ?? `${displayName} (no UPN)`,
    shows,
  }));
  const width = Math.max(...named.map(({ name }) => name.length));
  return named.map(({ name, shows }) => `  ${name.padEnd(width + 2)}${shows}`);
}

/** Short where it lies below the folder that one is in. */
function fromHere(path: string): string {
  const short = relative('', path);
  return short.startsWith('..') ? path : short;
}
