import { useController, useFormContext, type RefCallBack } from 'react-hook-form';
import type { GroupReference } from '../../domain/group-mapping.ts';
import type { ConsoleRule, LimitedRole } from '../../domain/console-rules.ts';
import type { Role } from '../../domain/role.ts';
import type { SettingDraft } from './setting-draft.ts';

/** The type of each field; `permissions.admin` and `consoleRules.readOnly` and their like are lists. */
export type DraftValues = SettingDraft & {
  readonly [R in Role as `permissions.${R}`]: readonly GroupReference[];
} & {
  readonly [R in LimitedRole as `consoleRules.${R}`]: readonly ConsoleRule[];
};

export interface DraftField<Value> {
  readonly value: Value;
  /** For the control's `ref`: where the focus goes when the field is wrong. */
  readonly focusTarget: RefCallBack;
  readonly onBlur: () => void;
  readonly message: string | undefined;
  readonly onChange: (value: Value) => void;
}

/** One field of the draft: its value, its message, and a change that takes the message away. */
export function useDraftField<Name extends keyof DraftValues>(
  name: Name,
): DraftField<DraftValues[Name]> {
  const { control, clearErrors } = useFormContext<SettingDraft>();
  const { field, fieldState } = useController<SettingDraft>({ control, name });
  return {
    value: field.value as DraftValues[Name],
    focusTarget: field.ref,
    onBlur: field.onBlur,
    message: fieldState.error?.message,
    onChange: (value) => {
      field.onChange(value);
      clearErrors(name);
    },
  };
}

/** What a Fluent Field shows of a message: nothing at all where there is none. */
export function shownMessage(message: string | undefined) {
  return message === undefined
    ? {}
    : { validationMessage: message, validationState: 'error' as const };
}
