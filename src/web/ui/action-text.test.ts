import { describe, expect, it } from 'vitest';
import { changeText } from './action-text.ts';

describe('a change in words', () => {
  it.each([
    [
      'ssoSetting.created',
      'SSO setting "Antwerp sign-in" (d54bf755-41ad-4ae9-8a75-1e9dbc7b7c95)',
      'SSO setting "Antwerp sign-in" created',
    ],
    ['portalAccess.changed', 'Portal access', 'Portal access changed'],
    ['recoverySession.closed', 'Recovery session', 'Recovery session closed'],
    [
      'inventory.imported',
      'Sensor export with 60 sensors',
      'Inventory imported: Sensor export with 60 sensors',
    ],
    ['purged', 'Sensor A', 'Purged: Sensor A'],
  ])('%s of %s', (action, subject, text) => {
    expect(changeText({ action, subject })).toBe(text);
  });
});
