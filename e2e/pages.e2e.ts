import { afterAll, beforeAll, describe, it } from 'vitest';
import { expectHeading, goTo, keepPicture } from './browser.ts';
import { lookAtPage, startPagesWorld, type PagesWorld, type Shown } from './pages-world.ts';

let at: PagesWorld;

beforeAll(async () => {
  at = await startPagesWorld();
});

afterAll(() => at?.close());

describe('pictures for the README', () => {
  it('can be made', async () => {
    const { page } = at.ada;
    await goTo(page, at.address('/'), 'Overview');
    await page.getByText('Recent changes').waitFor();
    await keepPicture(page, 'overview');
    const apply = at.address(`/sensor-settings/${at.ids.setting}/edit?step=apply`);
    await goTo(page, apply, 'Edit Antwerp sign-in');
    await page.getByRole('switch', { name: 'Add selection by specific zone/sensor' }).check();
    await page.getByRole('treeitem', { name: /^Site Antwerp/ }).focus();
    await page.keyboard.press('ArrowRight');
    const zone = page.getByRole('treeitem', { name: /^Zone Tank farm/ });
    await zone.getByRole('checkbox').first().check();
    await keepPicture(page, 'wizard');
    // Nothing of it stays for the other journeys.
    await page.getByRole('link', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Discard' }).click();
    await expectHeading(page, 'Antwerp sign-in');
  });
});

describe('every page about sites, sensors and their settings, in light and dark, wide and narrow', () => {
  it.each<Shown>([
    { name: 'overview', path: () => '/', heading: 'Overview' },
    { name: 'sites', path: () => '/sites', heading: 'Sites' },
    { name: 'site', path: ({ site }) => `/sites/${site}`, heading: 'Antwerp' },
    { name: 'sensors', path: () => '/sensors?search=ANT', heading: 'Sensors' },
    { name: 'sensor', path: ({ sensor }) => `/sensors/${sensor}`, heading: 'ANT-TF-01' },
    { name: 'import', path: () => '/inventory/import', heading: 'Import inventory' },
    { name: 'sensor-settings', path: () => '/sensor-settings', heading: 'Sensor settings' },
    { name: 'wizard-basics', path: () => '/sensor-settings/new', heading: 'Add a setting' },
    {
      name: 'wizard-settings',
      path: ({ setting }) => `/sensor-settings/${setting}/edit?step=settings`,
      heading: 'Edit Antwerp sign-in',
    },
    {
      name: 'wizard-apply',
      path: ({ setting }) => `/sensor-settings/${setting}/edit?step=apply`,
      heading: 'Edit Antwerp sign-in',
    },
    {
      name: 'wizard-review',
      path: ({ setting }) => `/sensor-settings/${setting}/edit?step=review`,
      heading: 'Edit Antwerp sign-in',
    },
    {
      name: 'sensor-setting',
      path: ({ setting }) => `/sensor-settings/${setting}`,
      heading: 'Antwerp sign-in',
    },
  ])('$name', (shown) => lookAtPage(at, shown));
});
