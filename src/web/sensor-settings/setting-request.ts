import type { BodyInputOf } from '../../contract/endpoint.ts';
import type { createSsoSetting, SsoSettingReview } from '../../contract/sso-settings.ts';
import { targetKey, type Target } from '../../domain/target.ts';
import { inputOf, riskKey, type SettingDraft } from './setting-draft.ts';

export type SettingWrite = BodyInputOf<typeof createSsoSetting>;

function bare({ kind, id }: Target): Target {
  return { kind, id };
}

/** The risks that have not been acknowledged yet (R9). */
export function openRisks(
  review: Pick<SsoSettingReview, 'lockoutRisks'>,
  acknowledged: readonly string[],
): SsoSettingReview['lockoutRisks'] {
  return review.lockoutRisks.filter((risk) => !acknowledged.includes(riskKey(risk)));
}

/**
 * What Create and Save send: the draft, exactly the replacements that Review showed (R4), and the
 * targets whose risks were acknowledged (R9), each once.
 */
export function writeOf(draft: SettingDraft, review: SsoSettingReview): SettingWrite {
  const acknowledged = review.lockoutRisks.filter((risk) =>
    draft.acknowledged.includes(riskKey(risk)),
  );
  return {
    ...inputOf(draft),
    replaces: review.replacements.map(({ target, settingId }) => ({
      target: bare(target),
      settingId,
    })),
    acknowledges: [
      ...new Map(
        acknowledged.map(({ target }) => [targetKey(target), bare(target)] as const),
      ).values(),
    ],
  };
}
