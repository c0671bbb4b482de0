import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import {
  changeSsoSetting,
  createSsoSetting,
  getSsoSetting,
  reviewSsoSetting,
  ssoSetting,
  type SsoSetting,
  type SsoSettingReview,
} from '../../contract/sso-settings.ts';
import { ApiError, call } from '../api/call.ts';
import { endpointKey } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import type { PlacedErrors } from './setting-fields.ts';
import { writeOf } from './setting-request.ts';
import type { WizardDraft } from './use-wizard-draft.ts';

/** Why nothing was saved, as far as the review step must say something of its own. */
export type SaveRefusal =
  | { readonly kind: 'replacementsChanged' | 'risksChanged' }
  | ({ readonly kind: 'fields' } & PlacedErrors);

export interface SaveSetting {
  readonly saving: boolean;
  readonly refusal: SaveRefusal | null;
  readonly error: unknown;
  readonly save: (review: SsoSettingReview) => Promise<void>;
}

const start = { saving: false, refusal: null, error: null } as const;

interface SaveSettingInput {
  readonly draft: WizardDraft;
  readonly settingId: string | null;
  /** Asks for the consequences again, as they were others than reviewed. */
  readonly reviewAgain: () => void;
}

/** Create or Save: on success to the setting's page, else back with everything still entered. */
export function useSaveSetting({ draft, settingId, reviewAgain }: SaveSettingInput): SaveSetting {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [state, setState] = useState<Omit<SaveSetting, 'save'>>(start);

  async function refused(error: unknown): Promise<void> {
    if (!(error instanceof ApiError)) return setState({ ...start, error });
    if (error.code === 'replacement_mismatch' || error.code === 'lockout') {
      reviewAgain();
      const kind = error.code === 'lockout' ? 'risksChanged' : 'replacementsChanged';
      return setState({ ...start, refusal: { kind } });
    }
    if (error.status === 412 && settingId !== null) {
      setState(start);
      return draft.showConflict(await currentSetting(error, settingId));
    }
    const errors = error.problem.errors ?? [];
    if (errors.length === 0) return setState({ ...start, error });
    return setState({ ...start, refusal: { kind: 'fields', ...draft.placeErrors(errors) } });
  }

  async function save(review: SsoSettingReview): Promise<void> {
    setState({ ...start, saving: true });
    try {
      const body = writeOf(draft.values, review);
      const { value } =
        settingId === null
          ? await call(createSsoSetting, { body })
          : await call(changeSsoSetting, {
              params: { settingId },
              body,
              ifMatch: draft.revision ?? '',
            });
      draft.discard();
      queries.setQueryData(endpointKey(getSsoSetting.path, { settingId: value.id }), value);
      await navigate(paths.sensorSetting({ settingId: value.id }), {
        state: { saved: settingId === null ? 'created' : 'changed' },
      });
      // Not the review: as a new setting it would now run into the one that it has become.
      await queries.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] !== reviewSsoSetting.path,
      });
    } catch (error) {
      await refused(error).catch((later: unknown) => setState({ ...start, error: later }));
    }
  }

  return { ...state, save };
}

/** The setting as it is now: the problem carries it, else it is asked for. */
async function currentSetting(error: ApiError, settingId: string): Promise<SsoSetting> {
  const parsed = ssoSetting.safeParse(error.problem.details?.['current']);
  if (parsed.success) return parsed.data;
  return (await call(getSsoSetting, { params: { settingId } })).value;
}
