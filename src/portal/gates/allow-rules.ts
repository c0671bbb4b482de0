import type { CheckResult } from '../../contract/gate-report.ts';
import type { Gate } from '../../contract/gates.ts';

/** Where gates must be let out to. */
export interface OutboundAddresses {
  readonly loginUrl: string;
  readonly graphUrl: string;
  readonly publicUrl: string;
}

type AllowRule = Gate['allowRules'][number];

/**
 * The outbound rules to add for the checks that failed, in the words of the wizard's. Hosts and
 * ports are the portal's own knowledge: nobody opens a firewall to what a gate says.
 */
export function allowRulesFor(
  checks: readonly CheckResult[],
  { loginUrl, graphUrl, publicUrl }: OutboundAddresses,
): AllowRule[] {
  const rules = [
    { target: 'graph', purpose: 'Microsoft Graph', url: graphUrl },
    { target: 'login', purpose: 'MSAL, the sign-in', url: loginUrl },
    { target: 'portal', purpose: 'Gatehouse, this portal', url: publicUrl },
  ] as const;
  return rules
    .filter(({ target }) => checks.some((check) => check.target === target && isBlocked(check)))
    .map(({ purpose, url }) => {
      const { hostname, port, protocol } = new URL(url);
      const usual = protocol === 'https:' ? 443 : 80;
      return { purpose, host: hostname, port: Number(port) || usual, protocol: 'TCP' };
    });
}

/** A clock that is wrong is no firewall's matter. */
function isBlocked({ outcome, step }: CheckResult): boolean {
  return outcome === 'failed' && step !== 'clock';
}
