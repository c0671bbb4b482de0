import { Field, Input, Select, Textarea } from '@fluentui/react-components';
import { useEffect } from 'react';
import { listSites } from '../../contract/inventory.ts';
import { roleAllows } from '../../domain/permissions.ts';
import { useEndpoint } from '../api/hooks.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { useSettingStyles } from './setting-styles.ts';
import { shownMessage, useDraftField } from './use-draft-field.ts';

/** Basics: Subscription, Type, Name, Description. */
export function BasicsStep() {
  const styles = useSettingStyles();
  const { focusTarget: nameFocus, ...name } = useDraftField('name');
  const { focusTarget: descriptionFocus, ...description } = useDraftField('description');
  return (
    <div className={styles.form}>
      <SubscriptionField />
      <Field label="Type" required>
        <Select value="singleSignOn">
          <option value="singleSignOn">Single sign-on</option>
        </Select>
      </Field>
      <Field label="Name" required {...shownMessage(name.message)}>
        <Input
          ref={nameFocus}
          value={name.value}
          maxLength={120}
          autoComplete="off"
          onBlur={name.onBlur}
          onChange={(_, data) => name.onChange(data.value)}
        />
      </Field>
      <Field
        label="Description"
        hint="Optional: what the setting is for, and who looks after it."
        {...shownMessage(description.message)}
      >
        <Textarea
          ref={descriptionFocus}
          value={description.value}
          maxLength={2000}
          resize="vertical"
          rows={4}
          onBlur={description.onBlur}
          onChange={(_, data) => description.onChange(data.value)}
        />
      </Field>
    </div>
  );
}

function SubscriptionField() {
  const { focusTarget, ...field } = useDraftField('subscriptionName');
  const sites = useEndpoint(listSites);
  const offered = new Set(
    (sites.data?.sites ?? [])
      .filter((site) => roleAllows(site.role, 'ssoSetting.edit'))
      .map((site) => site.subscriptionName),
  );
  if (field.value !== '') offered.add(field.value);
  const [only] = offered;
  const { onChange, value } = field;
  useEffect(() => {
    if (value === '' && offered.size === 1 && only !== undefined) onChange(only);
  });
  return (
    <>
      {sites.error === null ? null : (
        <ProblemNotice error={sites.error} onRetry={() => void sites.refetch()} />
      )}
      <Field
        label="Subscription"
        required
        hint={
          sites.data !== undefined && offered.size === 0
            ? 'There is no site that you are Admin of: import the inventory first, or ask for the role.'
            : 'The setting can be applied to the sites of this subscription.'
        }
        {...shownMessage(field.message)}
      >
        <Select
          ref={focusTarget}
          value={field.value}
          onBlur={field.onBlur}
          onChange={(_, data) => field.onChange(data.value)}
        >
          <option value="" disabled>
            {sites.isPending ? 'Loading subscriptions…' : 'Choose a subscription'}
          </option>
          {[...offered].map((subscription) => (
            <option key={subscription}>{subscription}</option>
          ))}
        </Select>
      </Field>
    </>
  );
}
