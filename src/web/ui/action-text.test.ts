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
    [
      'gate.accessRefused',
      'Sensor "ANT-TF-01" (03f77bdd-06c2-451e-b2a2-6046c1766173)',
      'Request to the console refused: Sensor "ANT-TF-01"',
    ],
    ['gate.enrolled', 'ANT-TF-01', 'Gate enrolled: ANT-TF-01'],
    ['gateKey.activated', 'Signing key of bundles', 'Next key in use: Signing key of bundles'],
    ['securitySettings.changed', 'Security settings', 'Security settings changed'],
    [
      'session.ended',
      'Session of Dries Janssens at sensor "ANT-TF-01" (03f77bdd-06c2-451e-b2a2-6046c1766173)',
      'Session of Dries Janssens at sensor "ANT-TF-01" ended',
    ],
    [
      'session.allEnded',
      'Sessions of Dries Janssens (03f77bdd-06c2-451e-b2a2-6046c1766173)',
      'Sessions of Dries Janssens ended',
    ],
    ['portalSession.ended', 'Session of Rosa at the portal', 'Session of Rosa at the portal ended'],
    ['user.invited', 'Rosa Silva', 'User invited: Rosa Silva'],
    ['provider.credentialPromoted', 'Contoso', 'Secret or certificate promoted: Contoso'],
  ])('%s of %s', (action, subject, text) => {
    expect(changeText({ action, subject })).toBe(text);
  });
});
