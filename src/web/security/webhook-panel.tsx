import { Text } from '@fluentui/react-components';
import {
  getNotificationSettings,
  type NotificationSettings,
} from '../../contract/notifications.ts';
import { can, useEndpoint, useMe } from '../api/hooks.ts';
import { Fact, Facts } from '../ui/facts.tsx';
import { Loading } from '../ui/loading.tsx';
import { Panel } from '../ui/panel.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { WebhookForm } from './webhook-form.tsx';
import { deliveryWords } from './webhook-words.ts';

/** Where the portal tells of secrets that expire. */
export function WebhookPanel() {
  const mayEdit = can(useMe(), 'security.edit');
  const answer = useEndpoint(getNotificationSettings);
  return (
    <Panel title="Webhook" narrow>
      <Text>
        Gatehouse tells an address of yours when a client secret or a certificate expires: 30, 14, 7
        and 1 days before, and when it has. Messages are signed (Standard Webhooks, HMAC-SHA256) and
        repeated for three days where the receiver doesn’t take them.
      </Text>
      {answer.isPending && <Loading what="the webhook" />}
      {answer.error !== null && (
        <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />
      )}
      {answer.data !== undefined && (
        <>
          {mayEdit ? (
            <WebhookForm settings={answer.data} />
          ) : (
            <Text>
              {answer.data.webhookUrl ?? 'None is set.'} Only an Admin of the portal may change it.
            </Text>
          )}
          <LastDelivery delivery={answer.data.lastDelivery} />
        </>
      )}
    </Panel>
  );
}

function LastDelivery({ delivery }: { delivery: NotificationSettings['lastDelivery'] }) {
  if (delivery === null) return null;
  const { at, event, attempts, detail } = delivery;
  return (
    <Facts>
      <Fact term="Last delivery">
        {deliveryWords(delivery)} <Timestamp value={at} />
      </Fact>
      <Fact term="Event">{event}</Fact>
      <Fact term="Attempts">{attempts}</Fact>
      <Fact term="Answer">{detail}</Fact>
    </Facts>
  );
}
