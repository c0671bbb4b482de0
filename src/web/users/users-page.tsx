import { SearchBox, Select, Text } from '@fluentui/react-components';
import { PeopleRegular, PersonAddRegular } from '@fluentui/react-icons';
import { listUsers, type PortalUser } from '../../contract/users.ts';
import { can, useEndpoint, useMe } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { FilterBar } from '../ui/filter-bar.tsx';
import { PageButton } from '../ui/links.tsx';
import { Loading } from '../ui/loading.tsx';
import { NotForYourRole } from '../ui/not-for-your-role.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { useAddressFilter } from '../ui/use-address-filter.ts';
import { matchingUsers, userFilterFrom } from './user-filter.ts';
import { standingLabels, standings } from './user-words.ts';
import { UsersTable } from './users-table.tsx';

/** Portal users: people with a role of their own, besides what groups give. */
export function UsersPage() {
  const me = useMe();
  const mayView = can(me, 'user.view');
  const answer = useEndpoint(listUsers, {}, { enabled: mayView });
  const users = answer.data?.users;
  return (
    <Page
      title="Users"
      intro="People who have a role in the portal by themselves, invited by e-mail address. Whoever has one by a group needs no entry here; where somebody has both, the higher role counts."
      actions={
        can(me, 'user.edit') && users !== undefined && users.length > 0 ? <Invite /> : undefined
      }
    >
      {!mayView && <NotForYourRole permission="user.view" />}
      {mayView && answer.isPending && <Loading what="users" />}
      {answer.error !== null && (
        <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />
      )}
      {users?.length === 0 && (
        <EmptyState title="No portal users yet" icon={<PeopleRegular />} action={<Invite />}>
          Roles come from the groups of portal access so far. Invite somebody who is in none of
          them, or whose role shouldn’t hang on a group: they sign in with their Microsoft account.
        </EmptyState>
      )}
      {users !== undefined && users.length > 0 && <Users users={users} />}
    </Page>
  );
}

function Invite() {
  return (
    <PageButton to={paths.newUser()} appearance="primary" icon={<PersonAddRegular />}>
      Invite user
    </PageButton>
  );
}

/** More than anybody reads: the search leads to the rest. */
const mostShown = 200;

function Users({ users }: { users: readonly PortalUser[] }) {
  const [filter, set] = useAddressFilter(userFilterFrom);
  const found = matchingUsers(users, filter);
  return (
    <>
      <FilterBar found={found.length} total={users.length} what="user">
        <SearchBox
          aria-label="Find a user"
          placeholder="Name, address, role…"
          value={filter.search}
          onChange={(_, data) => set('search', data.value)}
        />
        <Select
          aria-label="Status"
          value={filter.standing ?? ''}
          onChange={(_, data) => set('status', data.value)}
        >
          <option value="">Any status</option>
          {standings.map((one) => (
            <option key={one} value={one}>
              {standingLabels[one]}
            </option>
          ))}
        </Select>
      </FilterBar>
      {found.length === 0 ? (
        <Text>No user matches.</Text>
      ) : (
        <UsersTable users={found.slice(0, mostShown)} />
      )}
      {found.length > mostShown && (
        <Text>{`The first ${mostShown} are shown. Search for the others.`}</Text>
      )}
    </>
  );
}
