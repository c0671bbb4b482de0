import { Text } from '@fluentui/react-components';
import type { Delivery } from '../../contract/gates.ts';
import type { SsoSetting } from '../../contract/sso-settings.ts';
import { paths } from '../paths.ts';
import { PageLink } from '../ui/links.tsx';
import { Loading } from '../ui/loading.tsx';
import { Panel } from '../ui/panel.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { DeliveryEnd } from './delivery-end.tsx';
import { DeliveryBar } from './delivery-bar.tsx';
import { useSettingStyles } from './setting-styles.ts';
import { useDelivery } from './use-delivery.ts';

/** How far the setting has come to the sensors that it is effective for, and why it failed where it did. */
export function SettingDelivery({ setting }: { readonly setting: SsoSetting }) {
  const scope = { settingId: setting.id };
  const answer = useDelivery(scope);
  return (
    <Panel title="Delivery">
      {answer.isPending ? <Loading what="how far delivery has come" /> : null}
      {answer.error === null ? null : (
        <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />
      )}
      {answer.data === undefined ? null : (
        <>
          <DeliveryBar delivery={answer.data} scope={scope} />
          <DeliveryEnd delivery={answer.data} />
          <Failures delivery={answer.data} />
        </>
      )}
    </Panel>
  );
}

function Failures({ delivery: { failures, states } }: { readonly delivery: Delivery }) {
  const styles = useSettingStyles();
  if (failures.length === 0) return null;
  const hidden = states.failed - failures.length;
  return (
    <div className={styles.tight}>
      <Text weight="semibold">Why it failed</Text>
      <ul className={styles.list}>
        {failures.map(({ sensorId, sensorName, status }) => (
          <li key={sensorId}>
            <PageLink to={paths.sensor({ sensorId })}>{sensorName}</PageLink>
            {`: ${status.reason === null ? 'the gate gave no reason' : status.reason.detail}`}
          </li>
        ))}
        {hidden > 0 ? <li>{`and ${hidden} more`}</li> : null}
      </ul>
    </div>
  );
}
