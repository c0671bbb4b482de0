import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provider as providerSchema } from '../src/contract/sign-in-providers.ts';
import { clientIds, personIds, tenantId } from '../src/demo/directory.ts';
import { visit } from '../src/testing/entra-sign-in.ts';
import { staySignedIn } from '../src/testing/local-entra-pages.ts';
import type { Api } from '../src/testing/test-portal.ts';
import { activeWebProvider } from './active-web-provider.ts';
import { expectHeading, giveCredentials, newVisitor, signIn } from './browser.ts';
import { startPeopleWorld, type PeopleWorld } from './people-world.ts';
import { bram } from './web-world.ts';
import type { World } from './world.ts';

let at: PeopleWorld;

beforeAll(async () => {
  at = await startPeopleWorld({
    async prepare({ world, api }) {
      await activeWebProvider(world);
      await secondSinglePage(world, api);
    },
  });
});

afterAll(() => at?.close());

/** Another single-page application beside the environment’s, verified with Ada’s token. */
async function secondSinglePage({ entra, portal }: World, api: Api): Promise<void> {
  const ids = { clientId: clientIds.plantSensors, apiClientId: clientIds.plantSensors };
  const registration = { type: 'spa', name: 'Plant accounts', tenantId, ...ids };
  const created = await api('POST', '/providers', { body: { registration } });
  const { id, revision } = providerSchema.parse(created.body);
  const { access_token: accessToken } = await visit(entra).signIn({
    oid: personIds.ada,
    clientId: clientIds.plantSensors,
    redirectUri: `${portal.origin}/redirect.html`,
  });
  await api('POST', `/providers/${id}/trial`, { body: { revision, accessToken } });
  const { status } = providerSchema.parse((await api('GET', `/providers/${id}`)).body);
  if (status !== 'active') throw new Error(`The second one is ${status}.`);
}

describe('several providers', () => {
  it('stand below, by their names', async () => {
    const { context, page } = await newVisitor(at.browser);
    await page.goto(at.address('/'));
    const ways = page.getByRole('region', { name: 'Other ways to sign in' }).getByRole('button');
    await ways.first().waitFor();
    expect((await ways.allInnerTexts()).toSorted()).toEqual(['Contoso Plants', 'Plant accounts']);
    await context.close();
  });

  it('signs in by the single-page application that was chosen, and stays with it', async () => {
    const { context, page, complaints } = await newVisitor(at.browser);
    await page.goto(at.address('/my-access'));
    await page.getByRole('button', { name: 'Plant accounts' }).click();
    await giveCredentials(page, bram);
    await staySignedIn(page, 'Yes');
    await expectHeading(page, 'My access');
    await page.getByText('Plant accounts (single-page application)').waitFor();
    await page.reload();
    await page.getByText('Plant accounts (single-page application)').waitFor();
    const second = await context.newPage();
    await second.goto(at.address('/my-access'));
    await second.getByText('Plant accounts (single-page application)').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('goes from one to the other, and the session before is over', async () => {
    const { context, page, complaints } = await newVisitor(at.browser);
    await page.goto(at.address('/my-access'));
    await page.getByRole('button', { name: 'Contoso Plants' }).click();
    await giveCredentials(page, bram);
    await staySignedIn(page, 'Yes');
    await page.getByText('Contoso Plants (web application)').waitFor();
    const cookies = async () =>
      (await context.cookies()).filter(({ name }) => name === '__Host-gatehouse-session');
    expect(await cookies()).toHaveLength(1);
    await page.getByRole('button', { name: /^Account:/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(at.address('/'));
    expect(await cookies()).toHaveLength(0);
    await page.goto(at.address('/my-access'));
    await signIn(page, bram);
    await page.getByText('Microsoft (single-page application)').waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  });
});
