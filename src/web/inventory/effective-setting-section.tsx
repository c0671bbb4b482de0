import { MessageBar, MessageBarBody, Text } from '@fluentui/react-components';
import type { SensorSummary } from '../../contract/inventory.ts';
import { getEffectiveSetting } from '../../contract/sso-settings.ts';
import { limitedRoles } from '../../domain/console-rules.ts';
import { roleAllows } from '../../domain/permissions.ts';
import { roleLabels, roles } from '../../domain/role.ts';
import { useEndpoint } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { RuleList } from '../ui/console-rules-view.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { GroupList } from '../ui/group-list.tsx';
import { Loading } from '../ui/loading.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { RoleBadge } from '../ui/role-badge.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { inheritanceLevels, type EffectiveSettingAnswer } from './inheritance.ts';
import { InheritanceTrail } from './inheritance-trail.tsx';
import { useInventoryStyles } from './inventory-styles.ts';
import { PageButton, PageLink } from '../ui/links.tsx';

/** Which setting applies to a sensor, at which level, what it shadows, and what it gives the reader. */
export function EffectiveSettingSection({ sensor }: { readonly sensor: SensorSummary }) {
  const styles = useInventoryStyles();
  const answer = useEndpoint(getEffectiveSetting, { params: { sensorId: sensor.id } });
  if (answer.isPending) return <Loading what="the effective setting" />;
  if (answer.error !== null) {
    return <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />;
  }
  return (
    <div className={styles.stack}>
      <InheritanceTrail levels={inheritanceLevels(sensor, answer.data)} />
      {answer.data.effective === null ? (
        <SsoIsOff mayCreate={roleAllows(sensor.role, 'ssoSetting.edit')} />
      ) : (
        <Effective effective={answer.data.effective} yours={answer.data.yours} />
      )}
    </div>
  );
}

function SsoIsOff({ mayCreate }: { readonly mayCreate: boolean }) {
  return (
    <EmptyState
      title="SSO is off here"
      action={
        mayCreate ? (
          <PageButton appearance="primary" to={paths.newSensorSetting()}>
            Create an SSO setting
          </PageButton>
        ) : null
      }
    >
      No setting reaches this sensor, so nobody can sign in to its console with SSO; only recovery
      on its host is left. A setting of its site, its zone or the sensor itself changes that.
    </EmptyState>
  );
}

type Effective = NonNullable<EffectiveSettingAnswer['effective']>;

function Effective({
  effective,
  yours,
}: {
  readonly effective: Effective;
  readonly yours: EffectiveSettingAnswer['yours'];
}) {
  const styles = useInventoryStyles();
  return (
    <>
      <Facts>
        <Fact term="Applied setting">
          <PageLink to={paths.sensorSetting({ settingId: effective.settingId })}>
            {effective.settingName}
          </PageLink>{' '}
          <span className={styles.muted}>{`version ${effective.version}`}</span>
        </Fact>
        <Fact term="Application name">{effective.clientId}</Fact>
        {roles.map((role) => (
          <Fact key={role} term={roleLabels[role]}>
            <GroupList groups={effective.permissions[role]} empty="No groups" />
          </Fact>
        ))}
        {limitedRoles.map((role) => (
          <Fact key={role} term={`Console rules of ${roleLabels[role]}`}>
            <RuleList rules={effective.consoleRules[role]} />
          </Fact>
        ))}
      </Facts>
      <Yours yours={yours} />
      <Text size={200} className={styles.muted}>
        Applied settings are read-only here. The most specific setting wins whole: sensor over zone
        over site.
      </Text>
    </>
  );
}

function Yours({ yours }: { readonly yours: EffectiveSettingAnswer['yours'] }) {
  if (yours === null) {
    return (
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          It gives you no role: none of your groups is named in it, so you couldn’t sign in to this
          sensor’s console. A role in the portal doesn’t count there.
        </MessageBarBody>
      </MessageBar>
    );
  }
  const groups = yours.through.map((group) => group.displayName ?? group.id).join(', ');
  return (
    <MessageBar intent="info" layout="multiline">
      <MessageBarBody>
        It gives you <RoleBadge role={yours.role} /> on this sensor’s console, through{' '}
        {groups === '' ? 'your groups' : groups}.
      </MessageBarBody>
    </MessageBar>
  );
}
