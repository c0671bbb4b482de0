import { Checkbox, Field, Subtitle2, Text } from '@fluentui/react-components';
import { configuration } from '../api/configuration.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { outboundRules } from './outbound-rules.ts';
import { useSettingStyles } from './setting-styles.ts';
import { shownMessage, useDraftField } from './use-draft-field.ts';

/** The outbound allow rules that sensors need for SSO, to be confirmed. */
export function AllowRules() {
  const styles = useSettingStyles();
  const { focusTarget, ...field } = useDraftField('allowRulesConfirmed');
  return (
    <section className={styles.tight} aria-labelledby="outbound-allow-rules">
      <Subtitle2 as="h3" id="outbound-allow-rules" className={styles.heading}>
        Outbound allow rules
      </Subtitle2>
      <Text className={styles.muted}>
        The sensors’ network must let these out. Without them sign-in fails at the sensor.
      </Text>
      <ul className={styles.plainList}>
        {outboundRules(configuration.provider).map(({ address, purpose, service }) => (
          <li key={purpose}>
            <Text font="monospace">{address}</Text>
            <CopyButton value={address} what={`the address of ${purpose}`} />
            <Text className={styles.muted}>{`${purpose}, ${service}`}</Text>
          </li>
        ))}
      </ul>
      <Field {...shownMessage(field.message)}>
        <Checkbox
          ref={focusTarget}
          required
          checked={field.value}
          label="The firewalls of the sensors allow both"
          onBlur={field.onBlur}
          onChange={(_, data) => field.onChange(data.checked === true)}
        />
      </Field>
    </section>
  );
}
