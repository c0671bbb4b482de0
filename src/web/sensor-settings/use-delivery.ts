import type { UseQueryResult } from '@tanstack/react-query';
import { getDelivery, type Delivery } from '../../contract/gates.ts';
import { useEndpoint } from '../api/hooks.ts';
import type { DeliveryScope } from '../ui/delivery-shares.ts';
import { useRepeated } from '../ui/use-repeated.ts';

/** Milliseconds between two looks: while a change is on its way, and otherwise. */
const soon = 1500;
const later = 10_000;

/** How far delivery has come, looked at again and again. */
export function useDelivery(scope: DeliveryScope): UseQueryResult<Delivery> {
  const answer = useEndpoint(getDelivery, scope === null ? {} : { query: scope });
  const moving = (answer.data?.states.pending ?? 0) > 0;
  useRepeated(() => void answer.refetch({ cancelRefetch: false }), moving ? soon : later);
  return answer;
}
