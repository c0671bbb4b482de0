import { describe, expect, it } from 'vitest';
import { fieldLabel, inlineLabel } from './field-labels.ts';

describe('fieldLabel', () => {
  it.each([
    ['subscriptionName', 'Subscription'],
    ['permissions.securityAnalyst', 'Security analyst'],
    ['admin', 'Admin'],
    ['failed', 'Failed checks'],
    ['permissions', 'Permissions management'],
    ['consoleRules.readOnly', 'Console rules: Read only'],
    ['sessionPolicy.bundleDays', 'Days that a gate goes on without the portal'],
    ['replaces.keyFingerprint', 'Replaced gate: Key fingerprint'],
    ['', 'Value'],
  ])('says %j as %j', (path, label) => {
    expect(fieldLabel(path)).toBe(label);
  });

  it('keeps the name of what it doesn’t know', () => {
    expect(fieldLabel('newThing')).toBe('newThing');
    expect(fieldLabel('sensor.newThing')).toBe('Sensor: newThing');
    expect(fieldLabel('constructor')).toBe('constructor');
  });
});

describe('inlineLabel', () => {
  it('is small within a sentence, but for abbreviations and unknown names', () => {
    expect(['fingerprint', 'id', 'newThing'].map(inlineLabel)).toEqual([
      'key fingerprint',
      'ID',
      'newThing',
    ]);
  });
});
