import { Field, Input } from '@fluentui/react-components';
import { defaultSessionPolicy } from '../../domain/session-policy.ts';
import { boundsText, policyFields, valueText, type PolicyField } from './policy-draft.ts';

interface PolicyNumberProps {
  readonly name: PolicyField;
  readonly value: string;
  readonly message: string | undefined;
  readonly onChange: (text: string) => void;
}

/** One number of the policy. Text while it is typed: half a number is nothing to take away. */
export function PolicyNumber({ name, value, message, onChange }: PolicyNumberProps) {
  const { label, unit } = policyFields[name];
  return (
    <Field
      label={label}
      required
      hint={`${boundsText(name)}; usually ${valueText(name, defaultSessionPolicy)}.`}
      {...(message === undefined ? {} : { validationMessage: message })}
    >
      <Input
        style={{ maxWidth: '200px' }}
        inputMode="numeric"
        autoComplete="off"
        value={value}
        contentAfter={unit}
        onChange={(_, data) => onChange(data.value)}
      />
    </Field>
  );
}
