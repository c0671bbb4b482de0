import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settingIds, settings, targets } from '../testing/domain-arbitraries.ts';
import { holdingsOf } from './effective-setting.ts';
import { namesReplacements, replacementsBy } from './target-replacement.ts';
import { targetKey } from './target.ts';

const settingId = fc.option(fc.constantFrom(...settingIds), { nil: null });

describe('R4: replacing what others hold', () => {
  it('finds each target that another setting holds, and no other', () => {
    fc.assert(
      fc.property(settings, settingId, targets, (all, id, wanted) => {
        const holdings = holdingsOf(all);
        const found = replacementsBy(id, wanted, holdings);
        const keys = found.map((one) => targetKey(one.target));
        for (const target of wanted) {
          const holder = holdings.get(targetKey(target));
          const taken = holder !== undefined && holder !== id;
          expect(keys.includes(targetKey(target))).toBe(taken);
        }
        for (const one of found) expect(one.settingId).not.toBe(id);
      }),
    );
  });

  it('accepts a request that names exactly these, in any order and case', () => {
    fc.assert(
      fc.property(settings, targets, (all, wanted) => {
        const found = replacementsBy(null, wanted, holdingsOf(all));
        const named = found.toReversed().map(({ target, settingId: holder }) => ({
          target: { ...target, id: target.id.toUpperCase() },
          settingId: holder.toUpperCase(),
        }));
        expect(namesReplacements(named, found)).toBe(true);
      }),
    );
  });

  it('refuses one that names fewer, more, or another holder', () => {
    const found = [{ target: { kind: 'site', id: 'p0' }, settingId: 's0' }] as const;
    expect(namesReplacements([], found)).toBe(false);
    expect(namesReplacements([{ ...found[0], settingId: 's1' }], found)).toBe(false);
    const other = { target: { kind: 'zone', id: 'p0' }, settingId: 's0' } as const;
    expect(namesReplacements([...found, other], found)).toBe(false);
    expect(namesReplacements(found, [])).toBe(false);
  });
});
