import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { useRef, useState } from 'react';
import type { ResponseOf } from '../../contract/endpoint.ts';
import { email as emailShape, inviteUser } from '../../contract/users.ts';
import type { Role } from '../../domain/role.ts';
import { can, useChange, useMe } from '../api/hooks.ts';
import { fieldErrorsIn, messagesByField } from '../api/revised-edits.ts';
import { paths } from '../paths.ts';
import { fieldSentence, fieldSentences } from '../ui/field-sentence.ts';
import { PageButton } from '../ui/links.tsx';
import { NotForYourRole } from '../ui/not-for-your-role.tsx';
import { Page } from '../ui/page.tsx';
import { Panel } from '../ui/panel.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { useUnsaved } from '../ui/unsaved.ts';
import { useFirstInvalid } from '../ui/use-first-invalid.ts';
import { InvitationLink } from './invitation-link.tsx';
import { RoleChoice } from './role-choice.tsx';

type Invited = ResponseOf<typeof inviteUser>;

const useStyles = makeStyles({
  form: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    maxWidth: '760px',
  },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

const crumbs = [{ label: 'Users', to: paths.users() }];

/** Invites somebody; afterwards their link, once. */
export function NewUserPage() {
  const styles = useStyles();
  const mayEdit = can(useMe(), 'user.edit');
  const [invited, setInvited] = useState<Invited | null>(null);
  if (!mayEdit) {
    return (
      <Page title="Invite user" breadcrumbs={crumbs}>
        <NotForYourRole permission="user.edit" />
      </Page>
    );
  }
  if (invited === null) return <InviteForm onInvited={setInvited} />;
  return (
    <Page title={`${invited.user.name} is invited`} breadcrumbs={crumbs}>
      <InvitationLink invited={invited} />
      <div className={styles.actions}>
        <PageButton to={paths.users()}>Back to Users</PageButton>
        <Button onClick={() => setInvited(null)}>Invite another</Button>
      </div>
    </Page>
  );
}

interface Draft {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
}

const requestPaths = { name: '/name', email: '/email' } as const;

function InviteForm({ onInvited }: { onInvited: (invited: Invited) => void }) {
  const styles = useStyles();
  const [draft, setDraft] = useState<Draft>({ name: '', email: '', role: 'readOnly' });
  // From the first attempt on, what is wrong is shown as it is typed.
  const [attempt, setAttempt] = useState<object | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const invite = useChange(inviteUser);
  const refused = fieldSentences(messagesByField(fieldErrorsIn(invite.error), requestPaths));
  const messages = { ...refused, ...(attempt === null ? {} : checkDraft(draft)) };
  useFirstInvalid(form, attempt);
  useFirstInvalid(form, invite.error);
  useUnsaved((draft.name !== '' || draft.email !== '') && !invite.isPending);
  const edit = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
    if (invite.isError) invite.reset();
  };

  function submit() {
    setAttempt({});
    if (Object.keys(checkDraft(draft)).length > 0 || invite.isPending) return;
    invite.mutate({ body: draft }, { onSuccess: ({ value }) => onInvited(value) });
  }

  return (
    <Page
      title="Invite user"
      intro="They get a link that is good for 7 days, and sign in with their Microsoft account."
      breadcrumbs={crumbs}
    >
      <form
        ref={form}
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Panel title="Who">
          <Field label="Name" required {...validation(messages.name)}>
            <Input
              value={draft.name}
              maxLength={120}
              autoComplete="off"
              onChange={(_, data) => edit({ name: data.value })}
            />
          </Field>
          <Field
            label="Email"
            required
            hint="The address that their Microsoft account has: it has to be equal at the first sign-in, and only then."
            {...validation(messages.email)}
          >
            <Input
              type="email"
              value={draft.email}
              autoComplete="off"
              onChange={(_, data) => edit({ email: data.value })}
            />
          </Field>
          <RoleChoice value={draft.role} onChange={(role) => edit({ role })} />
        </Panel>
        {invite.error !== null && (
          <ProblemNotice error={invite.error} atFields={Object.values(requestPaths)} />
        )}
        <div className={styles.actions}>
          <Button type="submit" appearance="primary" disabledFocusable={invite.isPending}>
            {invite.isPending ? 'Inviting…' : 'Invite'}
          </Button>
          <PageButton to={paths.users()}>Cancel</PageButton>
        </div>
      </form>
    </Page>
  );
}

function validation(message: string | undefined) {
  return message === undefined ? {} : { validationMessage: message };
}

/** What the server would say, before it is asked. */
function checkDraft({ name, email }: Draft): { name?: string; email?: string } {
  const checked = emailShape.safeParse(email);
  return {
    ...(name.trim() === '' ? { name: 'Enter a name.' } : {}),
    ...(checked.success
      ? {}
      : { email: fieldSentence(checked.error.issues[0]?.message ?? 'isn’t an e-mail address') }),
  };
}
