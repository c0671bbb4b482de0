import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clientIds, demoPassword, type Directory } from '../demo/directory.ts';

export interface DemoWords {
  /** Addresses, without a trailing slash. */
  readonly portal: string;
  readonly entra: string;
  readonly directory: Directory;
  readonly dataDir: string;
  readonly recoveryLink: string;
  /** From the command to ready. */
  readonly seconds: number;
}

/** What the demo prints when it is ready: where it is, who there is, and what to try. */
export function introduction(words: DemoWords): string {
  const { portal, entra, directory, dataDir, recoveryLink, seconds } = words;
  const inventory = fileURLToPath(new URL('../../src/demo/inventory.csv', import.meta.url));
  return `
Gatehouse demo, ready after ${seconds.toFixed(1)} s. Ctrl-C ends it; its state stays in ${fromHere(dataDir)}.

  Portal        ${portal}
  Local Entra   ${entra}   (a stand-in for Microsoft Entra ID, on this machine only)
  Phone         ${entra}/authenticator   (approves MFA prompts)

Sample people; everybody's password is ${demoPassword}
${people(directory).join('\n')}

Try this: sign in as ada.verhaegen@${directory.tenant.domain}, approve the MFA prompt on the phone page,
import ${fromHere(inventory)}, then add an SSO setting for Antwerp under
Sites and sensors > Sensor settings: application ${clientIds.plantSensors}, Admin for
Antwerp OT Admins. Dries, who was refused, now gets the role that it gives.

Recovery link (opens an Admin session of 30 minutes; good once, for 15 minutes):
  ${recoveryLink}
`;
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
