import { describe, expect, it } from 'vitest';
import type { ConsoleRules } from '../../domain/console-rules.ts';
import { draftKey, dropDraft, keepDraft, readDraft } from './draft-storage.ts';
import { draftDifferences, isChanged, isEdited } from './draft-differences.ts';
import { inputOf, newDraft, riskKey } from './setting-draft.ts';
import { stepBeside, stepFrom } from './setting-steps.ts';

const start = newDraft('8c0a3c1e-0f5b-4f7e-9c58-0d7f4a1f9b11');
const oslo = {
  kind: 'site' as const,
  id: 'a1',
  name: 'Oslo',
  siteId: 'a1',
  siteName: 'Oslo',
  zoneName: null,
};

function storage() {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

describe('inputOf', () => {
  it('sends targets by kind and id only', () => {
    expect(inputOf({ ...start, targets: [oslo] }).targets).toEqual([{ kind: 'site', id: 'a1' }]);
  });
});

describe('a kept draft', () => {
  const key = draftKey('person', null);

  it('comes back as it was', () => {
    const place = storage();
    const kept = { revision: null, draft: { ...start, name: 'Plants', targets: [oslo] } };
    keepDraft(place, key, kept);
    expect(readDraft(place, key)).toEqual(kept);
    dropDraft(place, key);
    expect(readDraft(place, key)).toBeNull();
  });

  it('of an older page has the default rules', () => {
    const place = storage();
    const { consoleRules: _, ...older } = start;
    place.items.set(key, JSON.stringify({ revision: null, draft: older }));
    expect(readDraft(place, key)?.draft).toEqual(start);
  });

  it('keeps rules, half a path too', () => {
    const place = storage();
    const readOnly = [{ effect: 'refuse', methods: ['POST'], path: 'adm' }] as const;
    const draft = { ...start, consoleRules: { ...start.consoleRules, readOnly } };
    keepDraft(place, key, { revision: null, draft });
    expect(readDraft(place, key)?.draft).toEqual(draft);
  });

  it('is another for each person and each setting', () => {
    expect(new Set([key, draftKey('other', null), draftKey('person', 's1')]).size).toBe(3);
  });

  it('counts as nothing when it cannot be read', () => {
    const place = storage();
    place.items.set(key, '{"draft":');
    expect(readDraft(place, key)).toBeNull();
    place.items.set(key, '{"revision":null,"draft":{"name":"x"}}');
    expect(readDraft(place, key)).toBeNull();
  });

  it('does not stop the wizard where storage is full or blocked', () => {
    const broken = {
      getItem: () => null,
      setItem: () => {
        throw new Error('QuotaExceededError');
      },
    };
    expect(() => keepDraft(broken, key, { revision: null, draft: start })).not.toThrow();
  });
});

describe('draftDifferences', () => {
  it('shows both sides of what differs, and nothing else', () => {
    const yours = { ...start, name: 'Plants', targets: [oslo] };
    const theirs = { ...start, name: 'Factories' };
    expect(draftDifferences(yours, theirs)).toEqual([
      { field: 'name', label: 'Name', yours: ['Plants'], theirs: ['Factories'] },
      { field: 'targets', label: 'Applies to', yours: ['Oslo'], theirs: [] },
    ]);
  });

  it('minds the order of console rules', () => {
    const [get, all] = [
      { effect: 'allow', methods: ['GET'], path: '/**' },
      { effect: 'refuse', methods: [], path: '/admin' },
    ] as const;
    const rules = (readOnly: ConsoleRules['readOnly']) => ({
      ...start,
      consoleRules: { ...start.consoleRules, readOnly },
    });
    expect(draftDifferences(rules([get, all]), rules([all, get]))).toEqual([
      {
        field: 'consoleRules.readOnly',
        label: 'Console rules of Read only',
        yours: ['1. Allow GET on everything', '2. Refuse every method on /admin'],
        theirs: ['1. Refuse every method on /admin', '2. Allow GET on everything'],
      },
    ]);
    expect(draftDifferences(rules([get]), rules([{ ...get }]))).toEqual([]);
  });

  it('minds neither order nor the case of ids', () => {
    const a = { id: 'A0', displayName: 'One' };
    const b = { id: 'b0', displayName: 'Two' };
    const yours = { ...start, permissions: { ...start.permissions, admin: [a, b] } };
    const theirs = {
      ...start,
      permissions: { ...start.permissions, admin: [b, { ...a, id: 'a0' }] },
    };
    expect(draftDifferences(yours, theirs)).toEqual([]);
  });
});

describe('isEdited', () => {
  it('is false for what somebody only looked at', () => {
    expect(isEdited({ ...start, name: ' ' }, start)).toBe(false);
    const subscribed = { ...start, subscriptionName: 'Contoso OT' };
    expect(isEdited(subscribed, start)).toBe(false);
    expect(isChanged(subscribed, start)).toBe(true);
    expect(isEdited({ ...start, allowRulesConfirmed: true }, start)).toBe(true);
    expect(isEdited({ ...start, reason: 'new team' }, start)).toBe(true);
  });
});

describe('riskKey', () => {
  it('keeps two reasons at one target apart', () => {
    const target = { kind: 'site' as const, id: 'A1' };
    expect(riskKey({ target, reason: 'no_admin_group' })).not.toBe(
      riskKey({ target, reason: 'own_admin_lost' }),
    );
  });
});

describe('steps', () => {
  it('begin at Basics for any other address', () => {
    expect(stepFrom('apply')).toBe('apply');
    expect(stepFrom('toString')).toBe('basics');
    expect(stepFrom(null)).toBe('basics');
  });

  it('end at both ends', () => {
    expect(stepBeside('basics', -1)).toBeNull();
    expect(stepBeside('basics', 1)).toBe('settings');
    expect(stepBeside('review', 1)).toBeNull();
  });
});
