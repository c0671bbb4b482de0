import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapping, targets } from '../testing/domain-arbitraries.ts';
import { lockoutRisks, unacknowledged } from './lockout.ts';
import { targetKey } from './target.ts';

describe('R9: lockout guard', () => {
  it('finds every target without an Admin group', () => {
    fc.assert(
      fc.property(mapping, targets, fc.boolean(), (permissions, at, keeps) => {
        const risks = lockoutRisks({ ...permissions, admin: [] }, at, () => keeps);
        expect(risks.map((risk) => risk.target)).toEqual(at);
        expect(risks.every((risk) => risk.reason === 'no_admin_group')).toBe(true);
      }),
    );
  });

  it('finds every target where the person making the change is no longer Admin', () => {
    fc.assert(
      fc.property(targets, targets, (at, kept) => {
        const keys = kept.map(targetKey);
        const admin = [{ id: 'somebody', displayName: null }];
        const risks = lockoutRisks({ admin, securityAnalyst: [], readOnly: [] }, at, (target) =>
          keys.includes(targetKey(target)),
        );
        expect(risks.map((risk) => risk.target)).toEqual(
          at.filter((target) => !keys.includes(targetKey(target))),
        );
        expect(risks.every((risk) => risk.reason === 'own_admin_lost')).toBe(true);
      }),
    );
  });

  it('lets nothing pass but what is acknowledged, target by target', () => {
    fc.assert(
      fc.property(mapping, targets, targets, (permissions, at, acknowledged) => {
        const risks = lockoutRisks({ ...permissions, admin: [] }, at, () => true);
        const open = unacknowledged(risks, acknowledged).map((risk) => targetKey(risk.target));
        const keys = acknowledged.map(targetKey);
        expect(open).toEqual(at.map(targetKey).filter((key) => !keys.includes(key)));
        expect(unacknowledged(risks, at)).toEqual([]);
      }),
    );
  });
});
