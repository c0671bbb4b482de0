import {
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { ResponseOf } from '../../contract/endpoint.ts';
import type { inviteUser } from '../../contract/users.ts';
import { CopyField } from '../ui/copy-field.tsx';
import { Panel } from '../ui/panel.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { mailWords } from './user-words.ts';

const useStyles = makeStyles({
  steps: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL },
});

/** The link of an invitation, shown once, and what its reader has to do. */
export function InvitationLink({
  invited: { user, invitationLink },
  again = false,
}: {
  invited: ResponseOf<typeof inviteUser>;
  /** It was sent before: the link of then is no good any more. */
  again?: boolean;
}) {
  const styles = useStyles();
  const mail = mailWords(user.invitation?.mail ?? null, user.email);
  const mailFailed = mail !== null && user.invitation?.mail !== 'sent';
  return (
    <Panel title="Invitation link" narrow>
      <MessageBar intent={mailFailed ? 'warning' : 'info'} layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>The link is shown only now</MessageBarTitle>{' '}
          {mail ?? `No mail server is set up here, so send it to ${user.email} yourself.`}
          {mailFailed && ' Send the link yourself.'}
        </MessageBarBody>
      </MessageBar>
      <CopyField
        label={`For ${user.name}`}
        value={invitationLink}
        what="the invitation link"
        takesFocus
      />
      <Text>
        It expires <Timestamp value={user.invitation?.expiresAt ?? null} fallback="–" />
        {again && ', and any link sent before is no good any more'}. What {user.name} does with it:
      </Text>
      <ol className={styles.steps}>
        <li>Open the link.</li>
        <li>
          Select SSO Sign-in, and use the Microsoft account that has the address {user.email}.
        </li>
        <li>Accept what Microsoft asks, and approve MFA where it is set up.</li>
      </ol>
      <Text>
        The account is linked then. The link alone opens nothing: without that account it is worth
        nothing to anybody.
      </Text>
    </Panel>
  );
}
