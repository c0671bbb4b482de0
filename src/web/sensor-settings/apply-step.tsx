import { Field, SearchBox, Switch, Text } from '@fluentui/react-components';
import { useState } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { listSites } from '../../contract/inventory.ts';
import type { NamedTarget } from '../../contract/target.ts';
import { comparableName } from '../../domain/unsafe-text.ts';
import { useEndpoint } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Loading } from '../ui/loading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { ChoiceMessage } from './choice-message.tsx';
import { ChosenTargets } from './chosen-targets.tsx';
import { PageLink } from '../ui/links.tsx';
import type { SettingDraft } from './setting-draft.ts';
import { useSettingStyles } from './setting-styles.ts';
import { SiteChoice } from './site-choice.tsx';
import { hasSpecific, targetsOutside, withTarget } from './target-selection.ts';
import { TargetTree } from './target-tree.tsx';
import { useDraftField } from './use-draft-field.ts';

/** More sites than this get a search box. */
const searchFrom = 8;

/** Apply: sites, and with the toggle their zones and sensors. `settingId`: the setting being edited. */
export function ApplyStep({ settingId }: { readonly settingId: string | null }) {
  const styles = useSettingStyles();
  const { control } = useFormContext<SettingDraft>();
  const subscription = useWatch({ control, name: 'subscriptionName' });
  const field = useDraftField('targets');
  const [specific, setSpecific] = useState(() => hasSpecific(field.value));
  const [search, setSearch] = useState('');
  const answer = useEndpoint(listSites);
  if (answer.isPending) return <Loading what="sites" />;
  if (answer.error !== null) {
    return <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />;
  }
  const sites = answer.data.sites.filter((site) => site.subscriptionName === subscription);
  const found = sites.filter((site) => comparableName(site.name).includes(comparableName(search)));
  const choose = (target: NamedTarget, chosen: boolean) =>
    field.onChange(withTarget(field.value, target, chosen));
  const choice = { sites: found, targets: field.value, settingId, onChoose: choose };
  return (
    <div className={styles.stack}>
      <Text className={styles.muted}>
        Sensors of a chosen site or zone inherit the setting, also those that are added later. The
        most specific setting wins whole: sensor over zone over site.
      </Text>
      <Switch
        label="Add selection by specific zone/sensor"
        checked={specific}
        onChange={(_, data) => setSpecific(data.checked)}
      />
      {sites.length > searchFrom ? (
        <Field label="Find a site">
          <SearchBox value={search} onChange={(_, data) => setSearch(data.value)} />
        </Field>
      ) : null}
      {sites.length === 0 ? (
        <NoSites subscription={subscription} />
      ) : found.length === 0 ? (
        <Text>No site has such a name.</Text>
      ) : specific ? (
        <TargetTree {...choice} />
      ) : (
        <SiteChoice {...choice} />
      )}
      <ChoiceMessage message={field.message} />
      <ChosenTargets
        targets={field.value}
        outside={targetsOutside(field.value, sites)}
        onChange={field.onChange}
      />
    </div>
  );
}

function NoSites({ subscription }: { readonly subscription: string }) {
  return (
    <EmptyState title="No sites to choose">
      {subscription === '' ? (
        <>
          Choose a subscription first, in <PageLink to="?step=basics">Basics</PageLink>.
        </>
      ) : (
        <>
          {`You see no site of the subscription “${subscription}”. `}
          <PageLink to={paths.sites()}>View all sites</PageLink>
        </>
      )}
    </EmptyState>
  );
}
