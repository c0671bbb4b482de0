import { Link, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { UseFormReturn } from 'react-hook-form';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import type { SettingDraft } from './setting-draft.ts';
import { settingFields, type SettingField } from './setting-fields.ts';
import { stepLabel, type SettingStep } from './setting-steps.ts';
import { useSettingStyles } from './setting-styles.ts';
import type { SaveSetting } from './use-save-setting.ts';

interface RefusalNoticeProps {
  readonly saving: SaveSetting;
  readonly verb: string;
  readonly form: UseFormReturn<SettingDraft>;
  readonly onStep: (step: SettingStep) => void;
}

/** Why Create or Save didn't work. Nothing that was entered is lost by it. */
export function RefusalNotice({ saving, verb, form, onStep }: RefusalNoticeProps) {
  if (saving.error !== null) return <ProblemNotice error={saving.error} />;
  if (saving.refusal === null) return null;
  if (saving.refusal === 'fields') {
    return <Fields form={form} others={saving.others} onStep={onStep} />;
  }
  const what =
    saving.refusal === 'replacementsChanged'
      ? 'Which settings this replaces has changed since you reviewed it.'
      : 'What could lock people out has changed since you reviewed it.';
  return (
    <MessageBar intent="warning" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{what}</MessageBarTitle>
        {` Nothing was saved. The review above is up to date again: look at it, then select ${verb}.`}
      </MessageBarBody>
    </MessageBar>
  );
}

interface FieldsProps {
  readonly form: UseFormReturn<SettingDraft>;
  readonly others: readonly string[];
  readonly onStep: (step: SettingStep) => void;
}

function Fields({ form, others, onStep }: FieldsProps) {
  const styles = useSettingStyles();
  const wrong = (Object.keys(settingFields) as SettingField[]).flatMap((field) => {
    const message = field === 'type' ? undefined : form.getFieldState(field).error?.message;
    return message === undefined ? [] : [{ field, message }];
  });
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>Nothing was saved: something needs correcting</MessageBarTitle>
        <ul className={styles.list}>
          {wrong.map(({ field, message }) => (
            <li key={field}>
              {`${message} `}
              <Link as="button" onClick={() => onStep(settingFields[field].step)}>
                {`Go to ${stepLabel(settingFields[field].step)}`}
              </Link>
            </li>
          ))}
          {others.map((message) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      </MessageBarBody>
    </MessageBar>
  );
}
