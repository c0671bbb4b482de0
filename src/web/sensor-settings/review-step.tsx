import {
  Button,
  Field,
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Textarea,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { SsoSetting } from '../../contract/sso-settings.ts';
import { Loading } from '../ui/loading.tsx';
import { Consequences } from './consequences.tsx';
import { RefusalNotice } from './refusal-notice.tsx';
import { ReviewRefused } from './review-refused.tsx';
import { ReviewedDraft } from './reviewed-draft.tsx';
import { openRisks } from './setting-request.ts';
import { draftMessages } from './setting-fields.ts';
import type { SettingStep } from './setting-steps.ts';
import { useSettingStyles } from './setting-styles.ts';
import { shownMessage, useDraftField } from './use-draft-field.ts';
import { useSaveSetting } from './use-save-setting.ts';
import { useSettingReview } from './use-setting-review.ts';
import type { WizardDraft } from './use-wizard-draft.ts';
import { WrongFields } from './wrong-fields.tsx';
import { WizardBar, type WizardBarProps } from './wizard-bar.tsx';

const useStyles = makeStyles({ reason: { maxWidth: '680px' } });

interface ReviewStepProps {
  readonly draft: WizardDraft;
  readonly original: SsoSetting | null;
  readonly bar: Omit<WizardBarProps, 'children'>;
  readonly onStep: (step: SettingStep) => void;
}

/** Review and create: everything chosen, what it does, and what must be acknowledged. */
export function ReviewStep({ draft, original, bar, onStep }: ReviewStepProps) {
  const styles = useStyles();
  const shared = useSettingStyles();
  const settingId = original?.id ?? null;
  const messages = draftMessages(draft.values);
  const review = useSettingReview(draft.values, settingId, messages.size === 0);
  const saving = useSaveSetting({
    draft,
    settingId,
    reviewAgain: () => void review.refetch(),
  });
  const [missing, setMissing] = useState(false);
  const verb = original === null ? 'Create' : 'Save';
  const act = () => {
    if (review.data === undefined) return;
    const open = openRisks(review.data, draft.values.acknowledged).length > 0;
    setMissing(open);
    if (!open) void saving.save(review.data);
  };
  const mayAct = messages.size === 0 && review.data !== undefined && !review.isFetching;
  return (
    <div className={shared.stack}>
      {messages.size === 0 ? null : (
        <WrongFields title="Not complete yet" intent="warning" fields={messages} onStep={onStep} />
      )}
      <ReviewedDraft draft={draft.values} original={original} onStep={onStep} />
      {review.isLoading ? <Loading what="what this changes" /> : null}
      <ReviewRefused review={review} draft={draft} onStep={onStep} />
      {review.data === undefined || messages.size > 0 ? null : (
        <Consequences review={review.data} mustAcknowledge={missing} />
      )}
      <div className={styles.reason}>
        <ReasonField />
      </div>
      <RefusalNotice saving={saving} verb={verb} onStep={onStep} />
      {missing ? (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>
            <MessageBarTitle>Not acknowledged yet</MessageBarTitle> Tick each lockout risk above, or
            go back and change the setting.
          </MessageBarBody>
        </MessageBar>
      ) : null}
      <WizardBar {...bar}>
        <Button appearance="primary" disabledFocusable={!mayAct || saving.saving} onClick={act}>
          {saving.saving ? 'Saving…' : verb}
        </Button>
      </WizardBar>
    </div>
  );
}

function ReasonField() {
  const { focusTarget, ...field } = useDraftField('reason');
  return (
    <Field label="Reason" hint="Optional: kept in the history." {...shownMessage(field.message)}>
      <Textarea
        ref={focusTarget}
        value={field.value}
        maxLength={500}
        resize="vertical"
        onBlur={field.onBlur}
        onChange={(_, data) => field.onChange(data.value)}
      />
    </Field>
  );
}
