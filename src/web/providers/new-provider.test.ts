import { describe, expect, it } from 'vitest';
import { emptyMapping } from '../../domain/group-mapping.ts';
import { emptyCredential } from './credential-draft.ts';
import { checkNewProvider } from './new-provider.ts';
import { newDraft } from './provider-draft.ts';

const id = '7c1f0d52-3a64-4b8e-9d17-0e5b6a2c4f10';
const now = Date.parse('2026-11-22T12:00:00Z');
const entered = {
  draft: { ...newDraft('web'), tenantId: id, clientId: id },
  credential: { ...emptyCredential, value: 'abc', expiresOn: '2027-05-21' },
  portalAccess: emptyMapping,
  asksForAdmin: false,
};

describe('checkNewProvider', () => {
  it('sends no secret with a single-page application', () => {
    const spa = { ...entered, draft: { ...newDraft('spa'), tenantId: id, clientId: id } };
    expect(Object.keys(checkNewProvider(spa, now).body ?? {})).toEqual(['registration']);
  });

  it('sends the secret of a web application, and no portal access unasked', () => {
    const { body } = checkNewProvider(entered, now);
    expect(Object.keys(body ?? {})).toEqual(['registration', 'credential']);
  });

  it('sends portal access where it is asked for', () => {
    const portalAccess = { ...emptyMapping, admin: [{ id, displayName: null }] };
    const { body } = checkNewProvider({ ...entered, portalAccess, asksForAdmin: true }, now);
    expect(body?.portalAccess).toEqual(portalAccess);
  });

  it('names everything that is wrong at once', () => {
    const { messages } = checkNewProvider(
      { ...entered, draft: newDraft('web'), credential: emptyCredential, asksForAdmin: true },
      now,
    );
    expect(Object.keys(messages?.registration ?? {})).toEqual(['tenantId', 'clientId']);
    expect(Object.keys(messages?.credential ?? {})).toEqual(['value', 'expiresOn']);
    expect(messages?.adminGroups).toContain('at least one group');
  });
});
