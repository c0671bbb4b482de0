import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIds } from '../src/demo/directory.ts';
import { createSetting, findTarget, importSensors, roleGroups, siteGroups } from './api.ts';
import { chooseGroup, expectHeading, goTo, lookAt } from './browser.ts';
import { startAdminWorld, type AdminWorld } from './people-world.ts';

let at: AdminWorld;

beforeAll(async () => {
  at = await startAdminWorld({
    prepare: async ({ api }) => {
      await importSensors(api);
      await createSetting(api, 'Antwerp sign-in', siteGroups.antwerp, ['Antwerp']);
      await createSetting(api, 'Tank farm pilot', roleGroups('rotterdamAdmins', null, null), [
        'Antwerp/Tank farm',
      ]);
    },
  });
});

afterAll(() => at?.close());

async function openSensor(page: Page, path: string): Promise<void> {
  const { id } = await findTarget(at.api, path);
  await goTo(page, at.address(`/sensors/${id}`), path.split('/').at(-1) ?? '');
}

/** The card of a level on the way from the site down to the sensor. */
function level(page: Page, kind: 'Site' | 'Zone' | 'Sensor') {
  const trail = page.getByRole('list', { name: /^Where the setting comes from/ });
  return trail.getByRole('listitem').filter({ has: page.getByText(kind, { exact: true }) });
}

// One story, told in the order in which it happens.
describe('an exception for a zone and a sensor', () => {
  it('is chosen in the tree, which says what each holds already', async () => {
    const { page } = at.ada;
    await goTo(page, at.address('/sensor-settings/new'), 'Add a setting');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Tank farm night shift');
    await page.getByRole('combobox', { name: 'Subscription' }).selectOption('Contoso OT Benelux');
    await page.getByRole('button', { name: 'Next' }).click();

    await page.getByRole('textbox', { name: 'Application name' }).fill(clientIds.plantSensors);
    await chooseGroup(page, 'Security analyst', 'rotterdam', 'Rotterdam OT Analysts');
    await chooseGroup(page, 'Read only', 'antwerp', 'Antwerp OT Admins');
    await page.getByText('Without an Admin group nobody administers').waitFor();
    await page.getByRole('checkbox', { name: /allow/i }).check();
    await page.getByRole('button', { name: 'Next' }).click();

    await page.getByRole('switch', { name: 'Add selection by specific zone/sensor' }).check();
    await page.getByRole('treeitem', { name: /^Site Antwerp, Has “Antwerp sign-in”/ }).focus();
    await page.keyboard.press('ArrowRight');
    const zone = page.getByRole('treeitem', { name: /^Zone Tank farm/ });
    await expect.poll(() => zone.getAttribute('aria-label')).toContain('Has “Tank farm pilot”');
    await zone.getByRole('checkbox').first().check();
    await expect
      .poll(() => zone.getAttribute('aria-label'))
      .toContain('Replaces “Tank farm pilot”');
    await page.getByRole('treeitem', { name: /^Zone Jetty 7/ }).focus();
    await page.keyboard.press('ArrowRight');
    await page
      .getByRole('treeitem', { name: /^Sensor ANT-J7-01/ })
      .getByRole('checkbox')
      .check();
    await page.getByRole('status').getByText('1 zone, 1 sensor').waitFor();
    await lookAt(page, 'exceptions-apply');
    await page.getByRole('button', { name: 'Next' }).click();
  });

  it('is reviewed with what it replaces, and with who could be locked out', async () => {
    const { page } = at.ada;
    const replaces = page.getByRole('list', { name: 'Replaces' }).getByRole('listitem');
    await replaces.getByText('Zone Antwerp › Tank farm: replaces Tank farm pilot').waitFor();
    await replaces.getByRole('img', { name: 'Warning' }).waitFor();
    await page.getByText('This could lock people out').waitFor();

    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('alert').getByText('Not acknowledged yet').waitFor();
    await lookAt(page, 'exceptions-review');
    for (const place of ['Zone Antwerp › Tank farm', 'Sensor Antwerp › Jetty 7 › ANT-J7-01']) {
      await page.getByRole('checkbox', { name: `${place}: nobody will be Admin there` }).check();
    }
    await page.getByRole('button', { name: 'Create' }).click();
    await expectHeading(page, 'Tank farm night shift');
    await page.getByText('The setting is created').waitFor();
    await lookAt(page, 'exceptions-created');
  });

  it('leaves a setting that lost its last target, which says so', async () => {
    const { page } = at.ada;
    await page.getByRole('link', { name: 'Sensor settings' }).first().click();
    await page.getByRole('link', { name: 'Tank farm pilot' }).click();
    await expectHeading(page, 'Tank farm pilot');
    await page.getByText('Applies to nothing').waitFor();
    await page.getByText('Targets taken by another setting').waitFor();
    await lookAt(page, 'sensor-setting-without-targets');
  });

  it('wins at its places, as their sensors’ pages say, and nowhere else', async () => {
    const { page } = at.ada;
    await openSensor(page, 'Antwerp/Tank farm/ANT-TF-01');
    await level(page, 'Zone').getByText('Applies', { exact: true }).waitFor();
    await level(page, 'Zone').getByText('Tank farm night shift').waitFor();
    await level(page, 'Site').getByText('Shadowed').waitFor();
    await level(page, 'Site').getByText('Antwerp sign-in').waitFor();
    await level(page, 'Sensor').getByText('No setting of its own').waitFor();
    await lookAt(page, 'sensor-zone-exception');

    await openSensor(page, 'Antwerp/Jetty 7/ANT-J7-01');
    await level(page, 'Sensor').getByText('Applies', { exact: true }).waitFor();
    await level(page, 'Site').getByText('Shadowed').waitFor();

    await openSensor(page, 'Antwerp/Jetty 7/ANT-J7-02');
    await level(page, 'Site').getByText('Applies', { exact: true }).waitFor();
    expect(await page.getByText('Tank farm night shift').count()).toBe(0);
  });

  it('gives one person two roles at two places, which My access explains', async () => {
    const dries = await at.open('dries', '/my-access');
    await expectHeading(dries.page, 'My access');
    const reasons = dries.page.getByRole('row').filter({ hasText: 'Antwerp sign-in' });
    await reasons.getByText(/Antwerp sign-in \(site Antwerp\): *Admin/).waitFor();
    await reasons.getByText(/Tank farm night shift \(zone Tank farm\): *Read only/).waitFor();
    await reasons.getByText(/Tank farm night shift \(sensor ANT-J7-01\): *Read only/).waitFor();
    await lookAt(dries.page, 'my-access-two-roles');

    await openSensor(dries.page, 'Antwerp/Tank farm/ANT-TF-01');
    await dries.page.getByText('Your role here doesn’t show SSO settings').waitFor();
    await openSensor(dries.page, 'Antwerp/Jetty 7/ANT-J7-02');
    await dries.page.getByText('It gives you').waitFor();
    expect(dries.complaints).toEqual([]);
    await dries.context.close();
  });

  it('gives a place up again, where the next setting applies then', async () => {
    const { page } = at.ada;
    await page.getByRole('link', { name: 'Sensor settings' }).first().click();
    await page.getByRole('button', { name: 'Edit Tank farm night shift' }).click();
    await expectHeading(page, 'Edit Tank farm night shift');
    await page.getByRole('navigation', { name: 'Steps' }).getByText('Apply').click();
    await page.getByRole('button', { name: /Sensor Antwerp › Jetty 7 › ANT-J7-01/ }).click();
    await page.getByRole('button', { name: 'Next' }).click();
    await page
      .getByRole('list', { name: 'No longer applies to' })
      .getByText('“Antwerp sign-in” of its site applies then')
      .waitFor();
    await page.getByRole('checkbox', { name: /nobody will be Admin there/ }).check();
    await page.getByRole('textbox', { name: 'Reason' }).fill('The jetty is back to normal');
    await lookAt(page, 'exceptions-review-edit');
    await page.getByRole('button', { name: 'Save' }).click();
    await expectHeading(page, 'Tank farm night shift');
    await page.getByText('Version 2 is saved').waitFor();
    await page.getByText('The jetty is back to normal').waitFor();

    await openSensor(page, 'Antwerp/Jetty 7/ANT-J7-01');
    await level(page, 'Site').getByText('Applies', { exact: true }).waitFor();
  });

  it('is deleted after its consequences were seen, and the site’s setting applies', async () => {
    const { page } = at.ada;
    await openSensor(page, 'Antwerp/Tank farm/ANT-TF-01');
    await level(page, 'Zone').getByRole('link', { name: 'Tank farm night shift' }).click();
    await expectHeading(page, 'Tank farm night shift');
    await page.getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('No sensor loses SSO.').waitFor();
    await dialog.getByText('“Antwerp sign-in” of its site applies then').waitFor();
    const confirm = dialog.getByRole('button', { name: 'Delete setting' });
    expect(await confirm.isEnabled()).toBe(false);
    await dialog.getByRole('checkbox', { name: 'I have seen what this changes' }).check();
    await confirm.click();
    await expectHeading(page, 'Sensor settings');
    await openSensor(page, 'Antwerp/Tank farm/ANT-TF-01');
    await level(page, 'Site').getByText('Applies', { exact: true }).waitFor();
  });

  it('warns before the last setting of a site goes: only recovery is left there', async () => {
    const { page } = at.ada;
    await level(page, 'Site').getByRole('link', { name: 'Antwerp sign-in' }).click();
    await expectHeading(page, 'Antwerp sign-in');
    await page.getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText(/sensors lose SSO: only recovery is left there/).waitFor();
    await dialog.getByText('SSO will be off there, and only recovery is left').waitFor();
    await lookAt(page, 'sensor-setting-delete');
    await dialog.getByRole('checkbox', { name: 'I have seen what this changes' }).check();
    await dialog.getByRole('button', { name: 'Delete setting' }).click();
    await expectHeading(page, 'Sensor settings');
    await openSensor(page, 'Antwerp/Tank farm/ANT-TF-01');
    await page.getByRole('heading', { name: 'SSO is off here' }).waitFor();
    await lookAt(page, 'sensor-without-sso');
  });

  it('left the administrator’s console without an error', () => {
    expect(at.ada.complaints).toEqual([]);
  });
});
