import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { ApiError } from '../api/call.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import type { SettingStep } from './setting-steps.ts';
import type { SaveSetting } from './use-save-setting.ts';
import { WrongFields } from './wrong-fields.tsx';

interface RefusalNoticeProps {
  readonly saving: SaveSetting;
  readonly verb: string;
  readonly onStep: (step: SettingStep) => void;
}

/** Why Create or Save didn't work. Nothing that was entered is lost by it. */
export function RefusalNotice({ saving, verb, onStep }: RefusalNoticeProps) {
  const { error, refusal } = saving;
  if (error instanceof ApiError && error.code === 'not_found') {
    return (
      <MessageBar intent="error" layout="multiline" role="alert">
        <MessageBarBody>
          <MessageBarTitle>This setting is no longer there</MessageBarTitle> Somebody deleted it in
          the meantime, or you have no role there any more. Nothing was saved. What you entered is
          still here, so that you can copy it into a new setting.
        </MessageBarBody>
      </MessageBar>
    );
  }
  if (error !== null) return <ProblemNotice error={error} />;
  if (refusal === null) return null;
  if (refusal.kind === 'fields') {
    return (
      <WrongFields
        title="Nothing was saved: something needs correcting"
        intent="error"
        fields={refusal.fields}
        others={refusal.others}
        onStep={onStep}
      />
    );
  }
  const what =
    refusal.kind === 'replacementsChanged'
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
