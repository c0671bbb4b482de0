import { describe, expect, it } from 'vitest';
import { newDraft, type SettingDraft } from './setting-draft.ts';
import {
  draftMessages,
  fieldAt,
  messagesAt,
  placeProblemErrors,
  pointerParts,
  sentence,
} from './setting-fields.ts';

const id = '6f1c8a52-3b1e-4c3d-9d0e-2a7b51c0f9ee';

const complete: SettingDraft = {
  ...newDraft(id),
  subscriptionName: 'Contoso OT',
  name: 'Plants',
  clientId: id,
  permissions: {
    admin: [{ id, displayName: 'OT admins' }],
    securityAnalyst: [],
    readOnly: [],
  },
  targets: [{ kind: 'site', id, name: 'Oslo', siteId: id, siteName: 'Oslo', zoneName: null }],
  allowRulesConfirmed: true,
};

describe('fieldAt', () => {
  it('leads an error inside a list to the list', () => {
    expect(fieldAt(['permissions', 'admin', 0, 'id'])).toBe('permissions.admin');
    expect(fieldAt(['targets', 3, 'kind'])).toBe('targets');
  });

  it('knows the fields that are one value', () => {
    expect(fieldAt(['name'])).toBe('name');
    expect(fieldAt(['permissions'])).toBe('permissions');
    expect(fieldAt(['permissions', 'owner'])).toBe('permissions');
  });

  it('places nothing that the wizard has no field for', () => {
    expect(fieldAt([])).toBeNull();
    expect(fieldAt(['replaces', 0])).toBeNull();
    expect(fieldAt(['constructor'])).toBeNull();
  });
});

describe('pointerParts', () => {
  it('reads a JSON Pointer', () => {
    expect(pointerParts('/permissions/admin/0/id')).toEqual(['permissions', 'admin', '0', 'id']);
    expect(pointerParts('/a~1b/c~0d')).toEqual(['a/b', 'c~d']);
    expect(pointerParts('')).toEqual([]);
  });

  it('leaves out the part of the request', () => {
    expect(pointerParts('/body/name')).toEqual(['name']);
  });
});

describe('placeProblemErrors', () => {
  it('keeps the first message of a field, and those of none', () => {
    const { fields, others } = placeProblemErrors([
      { path: '/name', message: 'is used by another setting' },
      { path: '/name', message: 'is required' },
      { path: '/replaces/0', message: 'is no longer there' },
    ]);
    expect([...fields]).toEqual([['name', 'Name is used by another setting.']]);
    expect(others).toEqual(['is no longer there']);
  });
});

describe('sentence', () => {
  it('names the field where the message needs it', () => {
    expect(sentence('clientId', 'is required')).toBe('Application name is required.');
    expect(sentence('allowRulesConfirmed', 'confirm the outbound allow rules')).toBe(
      'Confirm the outbound allow rules.',
    );
  });
});

describe('draftMessages', () => {
  it('finds nothing in a complete draft', () => {
    expect([...draftMessages(complete)]).toEqual([]);
  });

  it('finds what is missing, step by step', () => {
    const messages = draftMessages(newDraft(''));
    expect([...messagesAt('basics', messages).keys()]).toEqual(['subscriptionName', 'name']);
    expect([...messagesAt('settings', messages).keys()].toSorted()).toEqual([
      'allowRulesConfirmed',
      'clientId',
      'tenantId',
    ]);
    expect(messagesAt('settings', messages).get('clientId')).toBe('Application name is required.');
    expect([...messagesAt('apply', messages).values()]).toEqual([
      'Choose at least one site, zone or sensor.',
    ]);
    expect([...messagesAt('review', messages)]).toEqual([]);
  });

  it('says what an application name must be', () => {
    const messages = draftMessages({ ...complete, clientId: 'OT consoles' });
    expect(messages.get('clientId')).toContain('Application name must be a GUID');
  });

  it('says which rule of which role is wrong', () => {
    const readOnly = [
      { effect: 'allow', methods: [], path: '/**' },
      { effect: 'refuse', methods: [], path: 'admin' },
    ] as const;
    const messages = draftMessages({
      ...complete,
      consoleRules: { ...complete.consoleRules, readOnly },
    });
    expect([...messages]).toEqual([
      ['consoleRules.readOnly', 'Read only, rule 2: the path must begin with a slash.'],
    ]);
  });

  it('refuses a group that is listed twice', () => {
    const admin = [
      { id, displayName: 'OT admins' },
      { id: id.toUpperCase(), displayName: null },
    ];
    const messages = draftMessages({
      ...complete,
      permissions: { ...complete.permissions, admin },
    });
    expect(messages.get('permissions.admin')).toBe('Admin is listed twice.');
  });
});
