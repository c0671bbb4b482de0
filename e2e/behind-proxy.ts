import { personIds } from '../src/demo/directory.ts';
import { apiAs, createSetting, roleGroups } from './api.ts';
import { startGateWorld, type GateWorld, type TestGate } from './gate-world.ts';

/** A gate that a proxy asks, at whose site people open the console: Ada is Admin there, Rosa reads. */
export async function startGateBehind(
  site: string,
  port: number,
  env: Readonly<Record<string, string>> = {},
): Promise<{ gates: GateWorld; gate: TestGate }> {
  const gates = await startGateWorld();
  const api = await apiAs(gates.world, personIds.ada);
  const exception = roleGroups('administrators', null, 'rotterdamReaders');
  await createSetting(api, 'Pipeline terminal SSO', exception, ['Rotterdam/Pipeline terminal']);
  const gate = await gates.startGate('Rotterdam/Pipeline terminal/RTM-PT-02', {
    port,
    publicUrl: site,
    env: { GATEHOUSE_GATE_PUBLIC_URL: site, GATEHOUSE_GATE_TRUST_PROXY: '127.0.0.1', ...env },
  });
  return { gates, gate };
}

/** A gate's cookie of another sensor of the same name. */
export const otherGatesCookie = '__Host-gatehouse-0123456789ab=x.y';

/** What consoles may believe, unless the proxy takes it off. */
export const otherPeoplesWords = {
  'x-http-method-override': 'DELETE',
  'remote-user': 'mallory',
  'x-forwarded-host': 'evil.example',
  'x-rewrite-url': '/admin',
  x_gatehouse_role: 'mallory',
};
