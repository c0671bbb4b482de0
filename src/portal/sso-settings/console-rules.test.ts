import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { listAuditEvents } from '../../contract/activity.ts';
import type { ConsoleRulesInput } from '../../contract/console-rules.ts';
import {
  effectiveSettingAnswer,
  listSsoSettingVersions,
  ssoSetting,
} from '../../contract/sso-settings.ts';
import { defaultConsoleRules } from '../../domain/console-rules.ts';
import {
  importRows,
  readSites,
  sampleRows,
  targetsOf,
  type Sites,
} from '../../testing/sample-inventory.ts';
import {
  change,
  clearSettings,
  create,
  created,
  settingBody,
} from '../../testing/sample-setting.ts';
import {
  portalGroups,
  startTestPortal,
  type Api,
  type TestPortal,
} from '../../testing/test-portal.ts';

let portal: TestPortal;
let admin: Api;
let places: Sites;

beforeAll(async () => {
  portal = await startTestPortal();
  admin = await portal.as(portalGroups.admin);
  await importRows(admin, sampleRows);
  places = await readSites(admin);
});
afterAll(() => portal.close());
beforeEach(() => clearSettings(portal));

const { site } = targetsOf(() => places);

const rules: ConsoleRulesInput = {
  securityAnalyst: [
    { effect: 'refuse', methods: [], path: '/admin/**' },
    { effect: 'allow', methods: [], path: '/**' },
  ],
  readOnly: [
    { effect: 'allow', methods: ['GET', 'HEAD', 'WEBSOCKET'], path: '/charts/*' },
    { effect: 'allow', methods: ['GET', 'HEAD'], path: '/**' },
  ],
};
const body = (consoleRules?: ConsoleRulesInput) =>
  settingBody({
    targets: [site('Antwerp')],
    ...(consoleRules === undefined ? {} : { consoleRules }),
  });

async function stored(): Promise<unknown> {
  const { rows } = await portal.database.pool.query<{ console_rules: unknown }>(
    'select console_rules from sso_settings where deleted_at is null',
  );
  return rows[0]?.console_rules;
}

describe('rules by role for a console', () => {
  it('are the default where a setting says nothing, and then none are stored', async () => {
    expect((await created(admin, body())).consoleRules).toEqual(defaultConsoleRules);
    expect(await stored()).toBeNull();
  });

  it('are answered as they were written, in the setting and at the sensors it reaches', async () => {
    const setting = await created(admin, body(rules));
    expect(setting.consoleRules).toEqual(rules);
    const read = await admin('GET', `/sso-settings/${setting.id}`);
    expect(ssoSetting.parse(read.body).consoleRules).toEqual(rules);
    const { id } = places.sensor('ANT-TF-01');
    const { effective } = effectiveSettingAnswer.parse(
      (await admin('GET', `/sensors/${id}/effective-setting`)).body,
    );
    expect(effective?.consoleRules).toEqual(rules);
  });

  it('R8: make a version with each change, and none where they say the same', async () => {
    const setting = await created(admin, body());
    const same = body({
      securityAnalyst: [{ effect: 'allow', methods: [], path: '/**' }],
      readOnly: [{ effect: 'allow', methods: ['HEAD', 'GET'], path: '/**' }],
    });
    expect((await change(admin, setting, same)).etag).toBe('1');
    const changed = ssoSetting.parse((await change(admin, setting, body(rules))).body);
    expect(changed.version).toBe(2);
    const reordered = {
      ...rules,
      readOnly: (rules.readOnly ?? []).toReversed(),
    };
    expect((await change(admin, changed, body(reordered))).etag).toBe('3');
    const answer = await admin('GET', `/sso-settings/${setting.id}/versions`);
    const { versions } = listSsoSettingVersions.response.parse(answer.body);
    expect(versions.map(({ consoleRules }) => consoleRules)).toEqual([
      reordered,
      rules,
      defaultConsoleRules,
    ]);
  });

  it('R18: are audited before and after', async () => {
    const setting = await created(admin, body());
    await change(admin, setting, body(rules));
    const { events } = listAuditEvents.response.parse((await admin('GET', '/audit-events')).body);
    const [entry] = events;
    const document = z.object({ consoleRules: z.unknown() });
    expect(entry?.action).toBe('ssoSetting.changed');
    expect(document.parse(entry?.before).consoleRules).toEqual(defaultConsoleRules);
    expect(document.parse(entry?.after).consoleRules).toEqual(rules);
  });

  it('stay when targets are taken from their setting', async () => {
    const setting = await created(admin, body(rules));
    const replaces = [{ target: site('Antwerp'), settingId: setting.id }];
    await created(admin, settingBody({ name: 'Other', targets: [site('Antwerp')], replaces }));
    const read = await admin('GET', `/sso-settings/${setting.id}`);
    expect(ssoSetting.parse(read.body)).toMatchObject({ version: 2, consoleRules: rules });
  });

  it.each([
    ['no-slash', 'must begin with a slash'],
    ['/a/../b', 'must not have the segments . or ..'],
    ['/a%2Fb', 'must be written as people read it'],
    ['/**/b', 'may have ** as the last segment only'],
  ])('are refused at their field: %s', async (path, message) => {
    const wrong = {
      securityAnalyst: [],
      readOnly: [{ effect: 'allow' as const, methods: [], path }],
    };
    expect(await create(admin, body(wrong))).toMatchObject({
      status: 400,
      body: {
        errors: [
          { path: '/consoleRules/readOnly/0/path', message: expect.stringContaining(message) },
        ],
      },
    });
  });
});
