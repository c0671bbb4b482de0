import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { portalAccess } from '../src/contract/portal-access.ts';
import { ssoSetting } from '../src/contract/sso-settings.ts';
import { clientIds, groupIds, personIds } from '../src/demo/directory.ts';
import { createSetting, importSensors, roleGroups, siteGroups } from './api.ts';
import { chooseGroup, expectHeading, goTo, lookAt } from './browser.ts';
import { startSettingWorld, type SettingWorld } from './setting-world.ts';
import { toReview } from './wizard.ts';

const demoExport = readFileSync(new URL('../src/demo/inventory.csv', import.meta.url), 'utf8');

/** A sensor export of one sensor, otherwise like the first of the demo's. */
function oneSensor(name: string): string {
  const [header = '', first = ''] = demoExport.split('\n');
  return `${header}\n${first.replace('ANT-TF-01', name)}\n`;
}

let at: SettingWorld;

beforeAll(async () => {
  at = await startSettingWorld();
});

afterAll(() => at?.close());

describe('two people at one setting', () => {
  it('shows the second what the first saved, and keeps their edits', async () => {
    const dries = await at.open('dries', `/sensor-settings/${at.antwerp.id}/edit`);
    await expectHeading(dries.page, 'Edit Antwerp sign-in');
    const { page } = at.ada;
    await goTo(page, at.address(`/sensor-settings/${at.antwerp.id}/edit`), 'Edit Antwerp sign-in');

    await dries.page.getByRole('textbox', { name: 'Description' }).fill('Looked after by Dries');
    await toReview(dries.page);
    await dries.page.getByRole('button', { name: 'Save' }).click();
    await expectHeading(dries.page, 'Antwerp sign-in');
    expect(dries.complaints).toEqual([]);
    await dries.context.close();

    await page.getByRole('textbox', { name: 'Description' }).fill('Looked after by Ada');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Antwerp terminal');
    await toReview(page);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody else changed this setting in the meantime').waitFor();
    // Save is at the end of a long page: the comparison comes into view by itself.
    const compare = page.getByRole('region', { name: 'Changed in the meantime' });
    await expect.poll(async () => (await compare.boundingBox())?.y ?? -1).toBeGreaterThan(0);
    const both = page.getByRole('table', { name: 'Yours and theirs' }).getByRole('row');
    const description = both.filter({ hasText: 'Description' });
    await description.getByText('Looked after by Ada').waitFor();
    await description.getByText('Looked after by Dries').waitFor();
    await both.filter({ hasText: 'Antwerp terminal' }).getByText('Antwerp sign-in').waitFor();
    await lookAt(page, 'wizard-conflict');

    await page.getByRole('button', { name: 'Go on with mine' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await expectHeading(page, 'Antwerp terminal');
    const saved = ssoSetting.parse((await at.api('GET', `/sso-settings/${at.antwerp.id}`)).body);
    expect(saved).toMatchObject({ version: 3, description: 'Looked after by Ada' });
    // What the first saved stays in the history.
    await page.getByRole('table', { name: 'Versions' }).getByText('Dries Janssens').waitFor();
  });

  it('refreshes the review when a target was taken in the meantime', async () => {
    const { page } = at.ada;
    await goTo(page, at.address('/sensor-settings/new'), 'Add a setting');
    await page.getByRole('combobox', { name: 'Subscription' }).selectOption('Contoso OT Benelux');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ghent sign-in');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('textbox', { name: 'Application name' }).fill(clientIds.plantSensors);
    await chooseGroup(page, 'Admin', 'administrators', 'Gatehouse Administrators');
    await page.getByRole('checkbox', { name: /allow/i }).check();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('checkbox', { name: 'Ghent' }).check();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('It replaces no other setting.').waitFor();

    await createSetting(at.api, 'Ghent was faster', roleGroups('administrators', null, null), [
      'Ghent',
    ]);
    await page.getByRole('button', { name: 'Create' }).click();
    await page
      .getByRole('alert')
      .getByText('Which settings this replaces has changed since you reviewed it.')
      .waitFor();
    await page.getByText('Site Ghent: replaces Ghent was faster').waitFor();
    await lookAt(page, 'wizard-replacement-changed');
    await page.getByRole('button', { name: 'Create' }).click();
    await expectHeading(page, 'Ghent sign-in');
  });

  it('says in a stale tab that the setting was deleted, and keeps what was entered', async () => {
    const { page } = at.ada;
    const doomed = await createSetting(at.api, 'Short-lived', siteGroups.rotterdam, ['Rotterdam']);
    await goTo(page, at.address(`/sensor-settings/${doomed.id}/edit`), 'Edit Short-lived');
    await page.getByRole('textbox', { name: 'Description' }).fill('Typed in a stale tab');
    await toReview(page);
    const deletion = await at.api('GET', `/sso-settings/${doomed.id}/deletion`);
    const { acknowledgement } = deletion.body as { acknowledgement: string | null };
    const query = acknowledgement === null ? '' : `?acknowledges=${acknowledgement}`;
    const deleted = await at.api('DELETE', `/sso-settings/${doomed.id}${query}`, {
      ifMatch: doomed.revision,
    });
    expect(deleted.status).toBe(204);

    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').getByText('This setting is no longer there').waitFor();
    await page.getByText('Typed in a stale tab').waitFor();
    await lookAt(page, 'wizard-setting-deleted');
    await page.getByRole('link', { name: 'Sensor settings' }).first().click();
    await page.getByRole('button', { name: 'Discard' }).click();
    await expectHeading(page, 'Sensor settings');
    await page.getByRole('link', { name: 'Antwerp terminal' }).waitFor();
    await expect.poll(() => page.getByText('Short-lived').count()).toBe(0);
  });
});

describe('two people at the inventory', () => {
  it('previews an import anew when the inventory changed after the preview', async () => {
    const { page } = at.ada;
    await goTo(page, at.address('/inventory/import'), 'Import inventory');
    const buffer = Buffer.from(oneSensor('ANT-J7-98'));
    const file = { name: 'export.csv', mimeType: 'text/csv', buffer };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByText('60 of the inventory’s sensors are not in the file').waitFor();
    await importSensors(at.api, oneSensor('ANT-J7-99'));
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('The inventory changed in the meantime').waitFor();
    await page.getByText('61 of the inventory’s sensors are not in the file').waitFor();
    await lookAt(page, 'import-renewed');
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('region', { name: 'Imported' }).waitFor();
  });
});

describe('two people at portal access', () => {
  it('shows both versions, and saves what the second decides on', async () => {
    at.world.entra.changePerson(personIds.bram, { groups: [groupIds.administrators] });
    const bram = await at.open('bram', '/portal-access');
    const { page } = at.ada;
    await goTo(page, at.address('/portal-access'), 'Portal access');
    await expectHeading(bram.page, 'Portal access');
    await chooseGroup(bram.page, 'Read only', 'rotterdam', 'Rotterdam OT Readers');
    await chooseGroup(page, 'Read only', 'antwerp', 'Antwerp OT Readers');
    await bram.page.getByRole('button', { name: 'Save' }).click();
    await bram.page.getByText('Portal access saved', { exact: true }).waitFor();
    expect(bram.complaints).toEqual([]);
    await bram.context.close();

    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody else changed this in the meantime').waitFor();
    const both = page.getByRole('table', { name: 'Both versions' });
    await both.getByText('Rotterdam OT Readers').waitFor();
    await both.getByText('Antwerp OT Readers').waitFor();
    await lookAt(page, 'portal-access-conflict');
    await page.getByRole('button', { name: 'Save mine over it' }).click();
    await page.getByText('Portal access saved', { exact: true }).waitFor();
    const { permissions } = portalAccess.parse((await at.api('GET', '/portal-access')).body);
    expect(permissions.readOnly.map(({ displayName }) => displayName)).toEqual([
      'Gatehouse Readers',
      'Antwerp OT Readers',
    ]);
  });

  it('left the administrator’s console without an error', () => {
    expect(at.ada.complaints).toEqual([]);
  });
});
