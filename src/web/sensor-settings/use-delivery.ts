import type { UseQueryResult } from '@tanstack/react-query';
import { getDelivery, type Delivery } from '../../contract/gates.ts';
import { useEndpoint } from '../api/hooks.ts';
import { useRefreshed } from '../api/use-refreshed.ts';
import type { DeliveryScope } from '../ui/delivery-shares.ts';

/** Milliseconds between two looks: while a change is on its way, and otherwise. */
const soon = 1500;
const later = 10_000;

/** How far delivery has come, looked at again and again. */
export function useDelivery(scope: DeliveryScope): UseQueryResult<Delivery> {
  const answer = useEndpoint(getDelivery, scope === null ? {} : { query: scope });
  const moving = (answer.data?.states.pending ?? 0) > 0;
  useRefreshed(answer, moving ? soon : later);
  return answer;
}
