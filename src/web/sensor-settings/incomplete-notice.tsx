import { Link, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { settingFields, type FieldMessages } from './setting-fields.ts';
import { stepLabel, type SettingStep } from './setting-steps.ts';
import { useSettingStyles } from './setting-styles.ts';

interface IncompleteNoticeProps {
  readonly messages: FieldMessages;
  readonly onStep: (step: SettingStep) => void;
}

/** What still has to be filled in or corrected, with the way to each. */
export function IncompleteNotice({ messages, onStep }: IncompleteNoticeProps) {
  const styles = useSettingStyles();
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>Not complete yet</MessageBarTitle>
        <ul className={styles.list}>
          {[...messages].map(([field, message]) => {
            const { step } = settingFields[field];
            return (
              <li key={field}>
                {`${message} `}
                <Link as="button" onClick={() => onStep(step)}>
                  {`Go to ${stepLabel(step)}`}
                </Link>
              </li>
            );
          })}
        </ul>
      </MessageBarBody>
    </MessageBar>
  );
}
