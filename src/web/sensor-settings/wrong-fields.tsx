import { Link, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { settingFields, type FieldMessages } from './setting-fields.ts';
import { stepLabel, type SettingStep } from './setting-steps.ts';
import { useSettingStyles } from './setting-styles.ts';

interface WrongFieldsProps {
  readonly title: string;
  /** `error` for what the server refused, `warning` for what isn't filled in yet. */
  readonly intent: 'error' | 'warning';
  readonly fields: FieldMessages;
  /** Messages that belong to no field. */
  readonly others?: readonly string[];
  readonly onStep: (step: SettingStep) => void;
}

/** What has to be filled in or corrected, with the way to each. */
export function WrongFields({ title, intent, fields, others = [], onStep }: WrongFieldsProps) {
  const styles = useSettingStyles();
  return (
    <MessageBar
      intent={intent}
      layout="multiline"
      {...(intent === 'error' ? { role: 'alert' } : {})}
    >
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle>
        <ul className={styles.list}>
          {[...fields].map(([field, message]) => {
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
          {others.map((message) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      </MessageBarBody>
    </MessageBar>
  );
}
