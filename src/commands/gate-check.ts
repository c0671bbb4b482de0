import type { CheckResult } from '../contract/gate-report.ts';
import { createBundleStore } from '../gate/bundle-store.ts';
import { checkConnections, checkTargets } from '../gate/connectivity-checks.ts';
import { gateFolder } from '../gate/identity.ts';
import { readGateFolder } from './gate-folder.ts';

/** `gatehouse gate check`: tries what a gate needs to reach, and says what is in the way. */
export async function check(args: readonly string[]): Promise<void> {
  const { config, identity } = await readGateFolder(args);
  const folder = gateFolder(config.dataDir, identity.gateId);
  const { verified } = await createBundleStore(folder, identity).load();
  const entra = verified?.bundle.entra;
  const results = await checkConnections(
    checkTargets({
      portalUrl: identity.portalUrl,
      loginUrl: entra?.loginUrl ?? null,
      graphUrl: entra?.graphUrl ?? null,
    }),
    config.proxy,
  );
  console.log(checkTable(results));
  const failed = results.filter(({ outcome }) => outcome === 'failed');
  if (failed.length > 0) {
    throw new Error(`${failed.length} of ${results.length} steps failed.`);
  }
}

/** A line for each step. */
export function checkTable(results: readonly CheckResult[]): string {
  const width = Math.max(0, ...results.map(({ address }) => address.length));
  const lines = results.map(({ target, address, step, outcome, detail, milliseconds, code }) => {
    const time = milliseconds === null ? '' : `${milliseconds} ms`;
    const start = `${target.padEnd(6)} ${address.padEnd(width)} ${step.padEnd(5)} ${time.padStart(9)}`;
    return outcome === 'passed'
      ? `${start}  ok      ${detail}`
      : `${start}  FAILED  ${code ?? ''}: ${detail}`;
  });
  return lines.join('\n');
}
