import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { getMe, type Me } from '../../contract/me.ts';
import { getOverview } from '../../contract/overview.ts';
import { paths } from '../paths.ts';
import { call } from './call.ts';
import { endpointKey } from './hooks.ts';
import { noteWhoItIs } from './web-session.ts';

/** Who is signed in, for the shell. On Overview one answer brings that and the page itself. */
export function useMeQuery(): UseQueryResult<Me> {
  const queries = useQueryClient();
  return useQuery<Me>({
    queryKey: endpointKey(getMe.path),
    queryFn: async ({ signal }) => {
      const overview = endpointKey(getOverview.path);
      if (location.pathname !== paths.overview() || queries.getQueryData(overview) !== undefined) {
        return noted((await call(getMe, { signal })).value);
      }
      const { value } = await call(getOverview, { signal });
      queries.setQueryData(overview, value);
      return noted(value.me);
    },
  });
}

function noted(me: Me): Me {
  noteWhoItIs(me);
  return me;
}
