import type { Provider } from '../src/contract/sign-in-providers.ts';
import { goTo } from './browser.ts';
import { startAdminWorld, type AdminWorld } from './people-world.ts';
import { ada, createWebProvider, verifyAs } from './web-sign-in-world.ts';

/** A world where a web application is active beside the environment’s provider; Ada is at its page. */
export interface ProviderWorld extends AdminWorld {
  readonly provider: Provider;
  readonly ownAddress: string;
}

export async function startProviderWorld(
  entered?: Parameters<typeof createWebProvider>[1],
): Promise<ProviderWorld> {
  const started = await startAdminWorld();
  const provider = await createWebProvider(started.api, entered);
  const ownAddress = started.address(`/single-sign-on/${provider.id}`);
  const { page } = started.ada;
  await goTo(page, ownAddress, provider.name);
  await verifyAs(page, ada);
  await page.getByText('The provider is active').waitFor();
  return { ...started, provider, ownAddress };
}
