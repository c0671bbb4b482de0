import type { FieldError } from '../../contract/problem.ts';
import type { Target } from '../../domain/target.ts';
import { comparableName } from '../../domain/unsafe-text.ts';
import type { Asker } from '../http/asker.ts';
import { forbidden, ProblemError } from '../../server/problem-error.ts';
import { placeOf } from '../storage/access-snapshot.ts';

/**
 * The targets that a request names must be there for the asker and belong to its subscription (422
 * at each that doesn't), and the asker must be Admin at each, also at those taken from other
 * settings (R10): 403 with those where they aren't.
 */
export function checkTargets(
  asker: Asker,
  targets: readonly Target[],
  subscriptionName: string,
): void {
  const { snapshot } = asker;
  const errors: FieldError[] = [];
  const denied: Target[] = [];
  targets.forEach((target, index) => {
    const place = placeOf(target, snapshot);
    const path = `/targets/${index}`;
    if (place === null || asker.roleAt(place) === null) {
      const message = `names a ${target.kind} that isn't there, or where you have no role`;
      errors.push({ path, message, code: 'unknown_target' });
      return;
    }
    if (!asker.allows('ssoSetting.edit', place)) denied.push(target);
    const subscription = snapshot.sites.get(place.siteId)?.subscriptionName ?? '';
    if (comparableName(subscription) !== comparableName(subscriptionName)) {
      const message = `belongs to the subscription "${subscription}"`;
      errors.push({ path, message, code: 'other_subscription' });
    }
  });
  if (errors.length > 0) {
    const detail = 'Not every site, zone or sensor can be chosen.';
    throw new ProblemError(422, 'invalid_targets', detail, { errors: errors.slice(0, 100) });
  }
  if (denied.length > 0) {
    throw forbidden('You must be Admin at every site, zone and sensor that you choose.', {
      permission: 'ssoSetting.edit',
      targets: denied,
    });
  }
}
