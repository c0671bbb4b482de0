import type { PageConfiguration, pageConfigurationElement } from '../../contract/configuration.ts';
import type { gatePageRoot } from '../../contract/gate-page.ts';

// Types tie them to the contract; importing the values would bring its schemas into the sign-in page.
const element: typeof pageConfigurationElement = 'gatehouse-configuration';
const gateRoot: typeof gatePageRoot = '/_gatehouse/';

const unconfigured: PageConfiguration = {
  surface: 'portal',
  name: 'Gatehouse',
  version: '',
  provider: null,
  providers: [],
  sensor: null,
};

/** What the server put into the page: a data block, which the content security policy doesn't run. */
export const configuration: PageConfiguration = readConfiguration();

/** Where the page lives, with a slash at both ends: behind a gate the root is the console's. */
export const pageBase: '/' | typeof gateRoot = configuration.surface === 'sensor' ? gateRoot : '/';

/** The nonce that lets Fluent's style engine insert its rules. */
export const styleNonce: string | undefined =
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce || undefined;

function readConfiguration(): PageConfiguration {
  const block = document.querySelector(`#${element}`)?.textContent;
  return block === undefined || block === null
    ? unconfigured
    : (JSON.parse(block) as PageConfiguration);
}
