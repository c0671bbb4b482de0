import type { ReactNode } from 'react';
import type { SignInProvider } from '../../contract/configuration.ts';
import type { Me } from '../../contract/me.ts';
import { roleLabels } from '../../domain/role.ts';
import { signIn } from '../api/begin-sign-in.ts';
import { configuration } from '../api/configuration.ts';
import { OutsidePage } from '../outside/outside-page.tsx';
import { paths } from '../paths.ts';
import { isInvited, type Invitation } from './invitation-words.ts';

const until = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'short' });

/** An invitation that is good: whose it is, which role, until when, and the way in. */
export function OpenInvitation({ invitation, me }: { invitation: Invitation; me: Me | null }) {
  const { name, email, role, expiresAt } = invitation;
  return (
    <OutsidePage title={`You are invited to ${configuration.name}`} focusTitle>
      {me !== null && <SomebodyIsHere me={me} invited={isInvited(invitation, me)} />}
      <dl className="outside-facts">
        <Fact term="For">{name}</Fact>
        <Fact term="Microsoft account">{email}</Fact>
        <Fact term="Role">{roleLabels[role]}</Fact>
        <Fact term="Good until">
          <time dateTime={expiresAt}>{until.format(new Date(expiresAt))}</time>
        </Fact>
      </dl>
      <p>
        Sign in with the Microsoft account of that address. It is linked then: from the first
        sign-in on the account itself counts, also if its address changes.
      </p>
      <div className="outside-actions">
        <WayIn provider={null} email={email} other={me !== null} />
        {me !== null && (
          <a className="outside-secondary" href={paths.overview()}>
            {`Go on as ${me.name}`}
          </a>
        )}
      </div>
      <OtherWays email={email} other={me !== null} />
      <p>
        Isn’t this your address? Then ask whoever invited you for an invitation to the one that your
        Microsoft account has.
      </p>
    </OutsidePage>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function SomebodyIsHere({ me, invited }: { me: Me; invited: boolean }) {
  const who = me.userPrincipalName === null ? me.name : `${me.name} (${me.userPrincipalName})`;
  return (
    <div className="outside-note">
      <p>
        <strong>{`You are signed in as ${who}.`}</strong>{' '}
        {invited
          ? 'Sign in once more to take the invitation.'
          : 'The invitation is for somebody else. To take it, use the account that it is for.'}
      </p>
    </div>
  );
}

function OtherWays({ email, other }: { email: string; other: boolean }) {
  const [, ...others] = configuration.providers;
  if (others.length === 0) return null;
  return (
    <section aria-labelledby="other-ways">
      <h2 id="other-ways">Other ways to sign in</h2>
      <ul className="outside-ways">
        {others.map((provider) => (
          <li key={provider.id}>
            <WayIn provider={provider} email={email} other={other} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** `provider` null: the primary one. `other`: somebody is signed in, so Microsoft has to be asked for another. */
function WayIn({
  provider,
  email,
  other,
}: {
  provider: SignInProvider | null;
  email: string;
  other: boolean;
}) {
  const primary = other ? 'Use another account' : 'SSO Sign-in';
  const [first] = configuration.providers;
  const providerId = provider?.id ?? first?.id;
  const begin = () =>
    signIn({
      loginHint: email,
      otherAccount: other,
      ...(providerId === undefined ? {} : { providerId }),
    });
  return (
    <button
      type="button"
      className={provider === null ? 'outside-primary' : 'outside-secondary'}
      onClick={() => void begin()}
    >
      {provider?.name ?? primary}
    </button>
  );
}
