import { Text } from '@fluentui/react-components';
import { getDelivery } from '../../contract/gates.ts';
import { useEndpoint } from '../api/hooks.ts';
import { deliveryList, deliveryShares, noGates } from '../ui/delivery-shares.ts';
import { PageLink } from '../ui/links.tsx';
import { Panel } from '../ui/panel.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { ShareBar } from '../ui/share-bar.tsx';

/** Sensors by how far delivery to their gates has come. */
export function GatesPanel() {
  const { data, error, refetch } = useEndpoint(getDelivery);
  return (
    <Panel title="Sensors by delivery">
      {error === null ? null : <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {data === undefined ? null : <ShareBar shares={deliveryShares(data.states)} />}
      {data !== undefined && noGates(data.states) ? (
        <Text size={200}>
          No gate is enrolled yet. Open{' '}
          <PageLink to={deliveryList('notEnrolled', null)}>a sensor</PageLink> and enrol its gate,
          so that people can sign in there.
        </Text>
      ) : null}
    </Panel>
  );
}
