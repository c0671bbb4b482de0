import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIds } from '../src/demo/directory.ts';
import { chooseGroup, expectHeading, lookAt, newVisitor, signIn, type Visitor } from './browser.ts';
import { domain, startPeopleWorld, type PeopleWorld } from './people-world.ts';

const inventory = new URL('../src/demo/inventory.csv', import.meta.url).pathname;

let at: PeopleWorld;
let ada: Visitor;

beforeAll(async () => {
  at = await startPeopleWorld();
  ada = await newVisitor(at.browser);
});

afterAll(() => at?.close());

// One story, told in the order in which it happens.
describe('the main job', () => {
  it('refuses a person before any setting gives them a role, and says what to ask for', async () => {
    const dries = await newVisitor(at.browser);
    await dries.page.goto(at.address('/'));
    await signIn(dries.page, `dries.janssens@${domain}`);
    await expectHeading(dries.page, /None of your groups/);
    await dries.page.getByText('Gatehouse Readers').first().waitFor();
    await lookAt(dries.page, 'refusal-no-role');
    await dries.context.close();
  });

  it('signs an administrator in with an MFA prompt and opens Overview', async () => {
    const { page } = ada;
    await page.goto(at.address('/'));
    await signIn(page, `ada.verhaegen@${domain}`, { mfa: true });
    await expectHeading(page, 'Overview');
    await lookAt(page, 'overview-empty');
  });

  it('imports an inventory after a preview, and nothing the second time', async () => {
    const { page } = ada;
    await page.getByRole('link', { name: 'Sites', exact: true }).click();
    await expectHeading(page, 'Sites');
    await page
      .getByRole('link', { name: /import/i })
      .first()
      .click();
    await expectHeading(page, 'Import inventory');
    await lookAt(page, 'import');
    await page.locator('input[type=file]').setInputFiles(inventory);
    await page.getByRole('button', { name: 'Import', exact: true }).waitFor();
    await lookAt(page, 'import-preview');
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('region', { name: 'Imported' }).waitFor();
    await lookAt(page, 'import-done');

    await page.getByRole('button', { name: 'Import another file' }).click();
    await page.locator('input[type=file]').setInputFiles(inventory);
    await page
      .getByText(/nothing (to import|changes|would change)|changes nothing/i)
      .first()
      .waitFor();
  });

  it('creates a setting for a site with the wizard', async () => {
    const { page } = ada;
    await page.getByRole('link', { name: 'Sensor settings' }).click();
    await expectHeading(page, 'Sensor settings');
    await lookAt(page, 'sensor-settings-empty');
    await page
      .getByRole('link', { name: 'Add' })
      .or(page.getByRole('button', { name: 'Add' }))
      .first()
      .click();

    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Antwerp sign-in');
    const subscription = page.getByRole('combobox', { name: 'Subscription' });
    await subscription.selectOption({ index: 1 });
    await lookAt(page, 'wizard-basics');
    await page.getByRole('button', { name: 'Next' }).click();

    await page.getByRole('textbox', { name: 'Application name' }).fill(clientIds.plantSensors);
    await chooseGroup(ada.page, 'Admin', 'antwerp', 'Antwerp OT Admins');
    await chooseGroup(ada.page, 'Security analyst', 'antwerp', 'Antwerp OT Analysts');
    await chooseGroup(ada.page, 'Read only', 'antwerp', 'Antwerp OT Readers');
    await page.getByRole('checkbox', { name: /allow/i }).check();
    await lookAt(page, 'wizard-settings');
    await page.getByRole('button', { name: 'Next' }).click();

    await page.getByRole('checkbox', { name: 'Antwerp' }).check();
    await lookAt(page, 'wizard-apply');
    await page.getByRole('switch', { name: 'Add selection by specific zone/sensor' }).check();
    await lookAt(page, 'wizard-apply-tree');
    await page.getByRole('button', { name: 'Next' }).click();

    await page.getByRole('button', { name: 'Create' }).waitFor();
    await lookAt(page, 'wizard-review');
    await page.getByRole('button', { name: 'Create' }).click();
    await expectHeading(page, 'Antwerp sign-in');
    await lookAt(page, 'sensor-setting');
  });

  it('gives a second person the role of that setting, at that site only', async () => {
    const dries = await at.open('dries', '/sites');
    await expectHeading(dries.page, 'Sites');
    const rows = dries.page.getByRole('row');
    await dries.page.getByRole('link', { name: 'Antwerp' }).first().waitFor();
    expect(await rows.filter({ hasText: 'Rotterdam' }).count()).toBe(0);
    await lookAt(dries.page, 'sites-of-one-site-admin');
    expect(dries.complaints).toEqual([]);
    await dries.context.close();
  });

  it('changes the second person’s role at once when the setting changes', async () => {
    const dries = await at.open('dries', '/my-access');
    await expectHeading(dries.page, 'My access');
    await dries.page.getByText('Antwerp sign-in').first().waitFor();
    await lookAt(dries.page, 'my-access-site-admin');

    const { page } = ada;
    await page
      .getByRole('link', { name: 'Edit' })
      .or(page.getByRole('button', { name: 'Edit' }))
      .first()
      .click();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: /Remove Antwerp OT Admins/ }).click();
    await chooseGroup(ada.page, 'Admin', 'rotterdam', 'Rotterdam OT Admins');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await expectHeading(page, 'Antwerp sign-in');

    // The same session, without signing in again.
    await dries.page.reload();
    await expectHeading(dries.page, /None of your groups/);
    await dries.context.close();
  });

  it('left the administrator’s console without an error', () => {
    expect(ada.complaints).toEqual([]);
  });
});
