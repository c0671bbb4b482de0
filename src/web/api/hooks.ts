import {
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { use } from 'react';
import type { EndpointShape, ParamsOf, QueryInputOf, ResponseOf } from '../../contract/endpoint.ts';
import type { Me } from '../../contract/me.ts';
import type { Permission } from '../../domain/permissions.ts';
import { isInBackground } from './in-background.ts';
import { call, type CallArguments, type CallResult } from './call.ts';
import { MeContext } from './me-context.ts';

interface EndpointInput<E extends EndpointShape> {
  readonly params?: ParamsOf<E>;
  readonly query?: QueryInputOf<E>;
}

/** The key that an answer is cached under. */
export function endpointKey(path: string, params?: unknown, query?: unknown): readonly unknown[] {
  return [path, params ?? null, query ?? null];
}

/** What an endpoint answers, kept fresh. Aborted when nobody needs it any more. */
export function useEndpoint<E extends EndpointShape>(
  endpoint: E,
  { params, query }: EndpointInput<E> = {},
  { enabled = true }: { enabled?: boolean } = {},
): UseQueryResult<ResponseOf<E>> {
  return useQuery<ResponseOf<E>>({
    queryKey: endpointKey(endpoint.path, params, query),
    queryFn: async ({ signal }) => {
      const background = isInBackground(signal);
      const args = { params, query, signal, background } as unknown as CallArguments<E>;
      const { value } = await call<E>(endpoint, args);
      return value;
    },
    enabled,
  });
}

/**
 * A change through an endpoint. When it succeeds everything is asked anew, as a change can move
 * roles and settings anywhere; `{ invalidates: false }` leaves that out.
 */
export function useChange<E extends EndpointShape>(
  endpoint: E,
  { invalidates = true }: { invalidates?: boolean } = {},
): UseMutationResult<CallResult<E>, Error, CallArguments<E>> {
  const queries = useQueryClient();
  return useMutation<CallResult<E>, Error, CallArguments<E>>({
    mutationFn: (args) => call<E>(endpoint, args),
    onSuccess: async () => {
      if (invalidates) await queries.invalidateQueries();
    },
  });
}

/** Who is signed in. Only under the shell, which loads it before it shows anything. */
export function useMe(): Me {
  const me = use(MeContext);
  if (me === null) throw new Error('useMe is used outside of the shell');
  return me;
}

/** May they do that somewhere at all? The server asks again at each target. */
export function can(me: Me, permission: Permission): boolean {
  return me.permissions.includes(permission);
}
