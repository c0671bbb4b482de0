import { Text } from '@fluentui/react-components';
import { useState } from 'react';
import { useParams } from 'react-router-dom';
import type { ResponseOf } from '../../contract/endpoint.ts';
import { getUser, type PortalUser, type resendInvitation } from '../../contract/users.ts';
import { can, useEndpoint, useMe } from '../api/hooks.ts';
import { paths } from '../paths.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { Loading } from '../ui/loading.tsx';
import { NotForYourRole } from '../ui/not-for-your-role.tsx';
import { Page } from '../ui/page.tsx';
import { Panel } from '../ui/panel.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { InvitationLink } from './invitation-link.tsx';
import { UserActions } from './user-actions.tsx';
import { UserForm } from './user-form.tsx';
import { UserStatus } from './user-status.tsx';
import { accountSecurity, mailWords } from './user-words.ts';

/** A portal user: who it is, their role, and what can be done about it. */
export function UserPage() {
  const { userId = '' } = useParams();
  const me = useMe();
  const mayView = can(me, 'user.view');
  const answer = useEndpoint(getUser, { params: { userId } }, { enabled: mayView });
  const [resent, setResent] = useState<ResponseOf<typeof resendInvitation> | null>(null);
  const user = answer.data;
  return (
    <Page
      title={user?.name ?? 'User'}
      breadcrumbs={[{ label: 'Users', to: paths.users() }]}
      actions={
        user !== undefined && can(me, 'user.edit') ? (
          <UserActions user={user} onResent={setResent} />
        ) : undefined
      }
    >
      {!mayView && <NotForYourRole permission="user.view" />}
      {mayView && answer.isPending && <Loading what="the user" />}
      {answer.error !== null && (
        <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />
      )}
      {resent !== null && user?.invitation?.state === 'open' && (
        <InvitationLink key={resent.invitationLink} invited={resent} again />
      )}
      {user !== undefined && (
        <>
          <Panel title="Account">
            <UserFacts user={user} />
          </Panel>
          {can(me, 'user.edit') && <UserForm user={user} />}
        </>
      )}
    </Page>
  );
}

function UserFacts({ user }: { user: PortalUser }) {
  const { id, email, createdAt, createdBy, lastSignInAt, linked, invitation } = user;
  const mail = mailWords(invitation?.mail ?? null, email);
  return (
    <Facts>
      <Fact term="Status">
        <UserStatus user={user} />
      </Fact>
      <Fact term="Email">{email}</Fact>
      <Fact term="Account security">{accountSecurity(user)}</Fact>
      {linked !== null && (
        <>
          <Fact term="Linked">
            <Timestamp value={linked.at} />
          </Fact>
          <Fact term="Object ID of the Microsoft account">
            <Copied value={linked.objectId} what="the object ID" />
          </Fact>
          <Fact term="Its tenant">
            <Copied value={linked.tenantId} what="the tenant ID" />
          </Fact>
        </>
      )}
      {mail !== null && <Fact term="Invitation by mail">{mail}</Fact>}
      <Fact term="Last sign-in">
        <Timestamp value={lastSignInAt} />
      </Fact>
      <Fact term="Created">
        <Timestamp value={createdAt} /> by {createdBy}
      </Fact>
      <Fact term="ID">
        <Copied value={id} what="the user’s ID" />
      </Fact>
    </Facts>
  );
}

function Copied({ value, what }: { value: string; what: string }) {
  return (
    <>
      <Text font="monospace" size={200}>
        {value}
      </Text>
      <CopyButton value={value} what={what} />
    </>
  );
}
