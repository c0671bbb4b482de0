import {
  Checkbox,
  Field,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
} from '@fluentui/react-components';
import type { SsoSettingReview } from '../../contract/sso-settings.ts';
import type { LockoutReason } from '../../domain/lockout.ts';
import { riskKey } from './setting-draft.ts';
import { useSettingStyles } from './setting-styles.ts';
import { targetTitle } from './target-names.ts';
import { useDraftField } from './use-draft-field.ts';

export const riskWords: Readonly<Record<LockoutReason, string>> = {
  no_admin_group: 'nobody will be Admin there: no Admin group is named',
  own_admin_lost: 'you will no longer be Admin there: none of your groups is an Admin group',
};

interface LockoutRisksProps {
  readonly risks: SsoSettingReview['lockoutRisks'];
  readonly mustAcknowledge: boolean;
}

/** R9: each target that could be locked out is acknowledged by itself. */
export function LockoutRisks({ risks, mustAcknowledge }: LockoutRisksProps) {
  const styles = useSettingStyles();
  const { value, onChange } = useDraftField('acknowledged');
  if (risks.length === 0) return null;
  return (
    <div className={styles.tight}>
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>This could lock people out</MessageBarTitle> Acknowledge each, or go back
          to Settings and name an Admin group that you are in.
        </MessageBarBody>
      </MessageBar>
      {risks.map((risk) => {
        const key = riskKey(risk);
        const acknowledged = value.includes(key);
        return (
          <Field
            key={key}
            {...(mustAcknowledge && !acknowledged
              ? { validationMessage: 'Acknowledge this to go on.' }
              : {})}
          >
            <Checkbox
              label={`${targetTitle(risk.target)}: ${riskWords[risk.reason]}`}
              checked={acknowledged}
              onChange={(_, data) =>
                onChange(
                  data.checked === true
                    ? [...value, key]
                    : value.filter((one: string) => one !== key),
                )
              }
            />
          </Field>
        );
      })}
    </div>
  );
}
