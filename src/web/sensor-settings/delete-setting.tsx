import { Checkbox, Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { type SsoSetting } from '../../contract/sso-settings.ts';
import {
  deleteSsoSetting,
  reviewSsoSettingDeletion,
  type SsoSettingDeletion,
} from '../../contract/sso-setting-deletion.ts';
import { call } from '../api/call.ts';
import { useEndpoint } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Loading } from '../ui/loading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import type { DeletedSetting } from './deleted-notice.tsx';
import { onlySite } from './delivery-progress.ts';
import { targetTitle } from './target-names.ts';
import { riskWords } from './lockout-risks.tsx';
import { UncoveredTargets } from './uncovered-targets.tsx';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL },
});

interface DeleteSettingProps {
  readonly setting: SsoSetting;
  readonly onClose: () => void;
}

/** Asks before a setting is deleted, with what depends on it (R6, R9). */
export function DeleteSetting({ setting, onClose }: DeleteSettingProps) {
  const styles = useStyles();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const params = { settingId: setting.id };
  const review = useEndpoint(reviewSsoSettingDeletion, { params });
  const [understood, setUnderstood] = useState(false);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function remove(seen: SsoSettingDeletion): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      await call(deleteSsoSetting, {
        params,
        ifMatch: seen.revision,
        query: {
          ...(seen.acknowledgement === null ? {} : { acknowledges: seen.acknowledgement }),
          ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
        },
      });
      const deleted: DeletedSetting = { name: setting.name, siteId: onlySite(setting.targets) };
      await navigate(paths.sensorSettings(), { state: { deleted } });
      await queries.invalidateQueries();
    } catch (failure) {
      setError(failure);
      setBusy(false);
      setUnderstood(false);
      await review.refetch();
    }
  }

  return (
    <ConfirmDialog
      open
      title={`Delete “${setting.name}”?`}
      confirm="Delete setting"
      busy={busy}
      disabled={review.data === undefined || review.isFetching || !understood}
      onConfirm={() => {
        if (review.data !== undefined) void remove(review.data);
      }}
      onCancel={onClose}
    >
      <div className={styles.content}>
        <Text>Deleting is permanent. It acts at once.</Text>
        {review.isPending ? <Loading what="what depends on it" /> : null}
        {review.error === null ? null : (
          <ProblemNotice error={review.error} onRetry={() => void review.refetch()} />
        )}
        {review.data === undefined ? null : <Dependents review={review.data} />}
        {error === null ? null : <ProblemNotice error={error} />}
        <Field label="Reason" hint="Optional: kept in the history.">
          <Input value={reason} maxLength={500} onChange={(_, data) => setReason(data.value)} />
        </Field>
        <Checkbox
          label="I have seen what this changes"
          checked={understood}
          disabled={review.data === undefined}
          onChange={(_, data) => setUnderstood(data.checked === true)}
        />
      </div>
    </ConfirmDialog>
  );
}

function Dependents({ review }: { readonly review: SsoSettingDeletion }) {
  const styles = useStyles();
  const { sensorsWithoutSso, lockoutRisks } = review;
  return (
    <>
      <Text weight="semibold">
        {sensorsWithoutSso === 0
          ? 'No sensor loses SSO.'
          : `${sensorsWithoutSso} sensor${sensorsWithoutSso === 1 ? ' loses' : 's lose'} SSO: only recovery is left there.`}
      </Text>
      <UncoveredTargets uncovered={review.uncovered} />
      {lockoutRisks.length === 0 ? null : (
        <>
          <Text weight="semibold">This could lock people out</Text>
          <ul className={styles.list}>
            {lockoutRisks.map((risk) => (
              <li key={`${risk.target.id} ${risk.reason}`}>
                {`${targetTitle(risk.target)}: ${riskWords[risk.reason]}`}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
