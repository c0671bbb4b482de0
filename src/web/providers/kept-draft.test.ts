import { describe, expect, it } from 'vitest';
import { emptyMapping } from '../../domain/group-mapping.ts';
import { emptyCredential } from './credential-draft.ts';
import { dropDraft, keepDraft, keepEdit, readDraft, readEdit } from './kept-draft.ts';
import { newDraft } from './provider-draft.ts';

function storage(): Storage {
  const entries = new Map<string, string>();
  return {
    get length() {
      return entries.size;
    },
    clear: () => entries.clear(),
    key: () => null,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
  };
}

describe('a kept draft', () => {
  it('comes back for its own kind, until it is dropped', () => {
    const store = storage();
    const draft = { ...newDraft('web'), clientId: 'half an i' };
    const credential = { kind: 'secret', expiresOn: '2027-05-21' } as const;
    keepDraft(store, { draft, portalAccess: emptyMapping, credential });
    expect(readDraft(store, 'web')).toMatchObject({ draft, credential });
    expect(readDraft(store, 'spa').draft).toEqual(newDraft('spa'));
    dropDraft(store, 'web');
    expect(readDraft(store, 'web').draft).toEqual(newDraft('web'));
  });

  it('never has a secret (R20)', () => {
    const store = storage();
    const credential = { ...emptyCredential, value: 'hush-hush', privateKey: 'PRIVATE KEY' };
    keepDraft(store, { draft: newDraft('web'), portalAccess: emptyMapping, credential });
    expect(store.getItem('gatehouse.provider-draft.web')).not.toMatch(/hush|PRIVATE/u);
  });

  it('is nothing where it can’t be read', () => {
    const broken = { getItem: () => '{"draft":1' };
    expect(readDraft(broken, 'web').draft).toEqual(newDraft('web'));
  });
});

describe('a kept edit', () => {
  it('comes back over the revision that it was typed over, and no other', () => {
    const store = storage();
    const edit = { draft: { ...newDraft('web'), clientId: 'half an i' }, portalAccess: null };
    const provider = { id: 'p', revision: '3' };
    keepEdit(store, provider, edit);
    expect(readEdit(store, provider)).toEqual(edit);
    expect(readEdit(store, { ...provider, revision: '4' })).toBeNull();
    keepEdit(store, provider, null);
    expect(readEdit(store, provider)).toBeNull();
  });
});
