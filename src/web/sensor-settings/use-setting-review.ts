import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { reviewSsoSetting, type SsoSettingReview } from '../../contract/sso-settings.ts';
import { call } from '../api/call.ts';
import { inputOf, type SettingDraft } from './setting-draft.ts';

/** What creating or saving a draft would do, asked again whenever the draft changes. */
export function useSettingReview(
  draft: SettingDraft,
  settingId: string | null,
  enabled: boolean,
): UseQueryResult<SsoSettingReview> {
  // Why it is changed changes nothing of what it does.
  const body = { ...inputOf(draft), reason: '', settingId };
  return useQuery({
    queryKey: [reviewSsoSetting.path, body],
    queryFn: async ({ signal }) => (await call(reviewSsoSetting, { body, signal })).value,
    enabled,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
}
