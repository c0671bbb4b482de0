import { demoPassword } from '../demo/directory.ts';
import type { Organization, Person } from '../demo/directory-types.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import type { Page } from './page.ts';
import type { Prompt } from './phones.ts';
import type { SignIn } from './sign-ins.ts';

/** The form of a step: every button of it carries the `action` that it stands for. */
function form(signIn: SignIn, content: Html): Html {
  return html`<form method="post" action="/${signIn.tenant}/login">
    <input type="hidden" name="ctx" value="${signIn.id}" />
    ${signIn.problem !== undefined && html`<p class="problem" role="alert">${signIn.problem}</p>`}
    ${content}
  </form>`;
}

/** Without a tenant (on `common` and `organizations`) the page bears no name, as in Entra. */
function page(
  organization: Organization | undefined,
  heading: string,
  body: Html,
  person?: Person,
): Page {
  return {
    title: heading,
    body: html`${organization !== undefined && html`<p class="tenant">${organization.tenant.name}</p>`}
      ${person !== undefined && html`<p class="quiet">${person.upn ?? person.mail}</p>`}
      <h1>${heading}</h1>
      ${body}`,
  };
}

const cancel = html`<button name="action" value="cancel" formnovalidate>Cancel</button>`;

/** Type a name, or pick one of everybody there is, tenant by tenant. Who is signed in comes first. */
export function namePage(
  organizations: readonly Organization[],
  signIn: SignIn,
  signedIn: string[],
): Page {
  const { application, loginHint, organization } = signIn.request;
  const typed = signIn.typedName ?? loginHint ?? '';
  return page(
    organization,
    'Sign in',
    html`<p>to continue to ${application.displayName}</p>
      ${form(
        signIn,
        html`<label for="name">Email or user name</label>
          <input
            id="name"
            name="name"
            type="text"
            value="${typed}"
            autocomplete="username"
            autocapitalize="none"
            spellcheck="false"
          />
          <div class="actions">
            <button class="primary" name="action" value="name">Next</button>${cancel}
          </div>`,
      )}
      <h2>Pick an account</h2>
      <p class="quiet">Everyone’s password is <code>${demoPassword}</code></p>
      <form method="post" action="/${signIn.tenant}/login">
        <input type="hidden" name="ctx" value="${signIn.id}" />
        <input type="hidden" name="action" value="person" />
        ${organizations.map((each) => accounts(each, signedIn))}
      </form>`,
  );
}

function accounts({ tenant, people }: Organization, signedIn: string[]): Html {
  const heading = `people-of-${tenant.id}`;
  const inOrder = [
    ...people.filter(({ oid }) => signedIn.includes(oid)),
    ...people.filter(({ oid }) => !signedIn.includes(oid)),
  ];
  return html`<h3 id="${heading}">${tenant.name}</h3>
    <ul class="people" aria-labelledby="${heading}">
      ${inOrder.map((each) => personButton(each, signedIn))}
    </ul>`;
}

function personButton({ oid, displayName, upn, mail, shows }: Person, signedIn: string[]): Html {
  const [name, about] = [`name-${oid}`, `about-${oid}`];
  return html`<li>
    <button name="oid" value="${oid}" aria-labelledby="${name}" aria-describedby="${about}">
      <span id="${name}">${displayName}</span>
      <span class="quiet">${upn ?? mail}</span>
      <span id="${about}" class="shows">${shows}${signedIn.includes(oid) && ' · Signed in'}</span>
    </button>
  </li>`;
}

export function passwordPage(organization: Organization, signIn: SignIn, person: Person): Page {
  return page(
    organization,
    'Enter password',
    form(
      signIn,
      html`<input
          type="text"
          name="username"
          value="${person.upn ?? person.mail}"
          autocomplete="username"
          hidden
        />
        <label for="password">Password</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          autofocus
          aria-describedby="hint"
        />
        <p id="hint" class="quiet">Everyone’s password is <code>${demoPassword}</code></p>
        <div class="actions">
          <button class="primary" name="action" value="password">Sign in</button>
          <button name="action" value="another" formnovalidate>Back</button>
        </div>`,
    ),
    person,
  );
}

/** Waits for the phone. The script notices its answer; without one the link does. */
export function approvalPage(
  organization: Organization,
  signIn: SignIn,
  person: Person,
  prompt: Prompt,
): Page {
  const base = `/${signIn.tenant}`;
  return page(
    organization,
    'Approve sign in request',
    html`<p id="approve">Open your Authenticator app, and enter the number shown to sign in.</p>
      <output
        class="number"
        aria-label="Number to enter"
        aria-describedby="approve"
        data-poll="${base}/approval?ctx=${signIn.id}"
        data-seen="pending"
        >${prompt.number}</output
      >
      <p>
        <a href="/authenticator?person=${person.oid}" target="_blank" rel="noopener"
          >Open the Authenticator of ${person.displayName}</a
        >, which plays the phone.
      </p>
      <noscript
        ><p><a href="${base}/reprocess?ctx=${signIn.id}">Continue after approving</a></p></noscript
      >
      ${form(signIn, html`<div class="actions">${cancel}</div>`)}`,
    person,
  );
}

export function approvalTimedOutPage(
  organization: Organization,
  signIn: SignIn,
  person: Person,
): Page {
  return page(
    organization,
    'We didn’t hear from you',
    html`<p role="alert">
        We sent a request to your Authenticator app, but we didn’t get a response.
      </p>
      ${form(signIn, html`<div class="actions">${askAgainButton}${cancel}</div>`)}`,
    person,
  );
}

const askAgainButton = html`<button class="primary" name="action" value="askAgain">
  Send another request
</button>`;

/** A way to try again, for the page that a declined request leads to. */
export function askAgainForm(signIn: SignIn): Html {
  return form(signIn, askAgainButton);
}

export function staySignedInPage(organization: Organization, signIn: SignIn, person: Person): Page {
  return page(
    organization,
    'Stay signed in?',
    form(
      signIn,
      html`<p>Do this to reduce the number of times you are asked to sign in.</p>
        <div class="actions">
          <button class="primary" name="action" value="stay">Yes</button>
          <button name="action" value="dontStay">No</button>
        </div>`,
    ),
    person,
  );
}

export function consentPage(
  organization: Organization,
  signIn: SignIn,
  person: Person,
  scopes: string[],
  forOrganization: boolean,
): Page {
  return page(
    organization,
    'Permissions requested',
    html`<p>${signIn.request.application.displayName} would like to:</p>
      <ul>
        ${scopes.map((scope) => html`<li><code>${scope}</code></li>`)}
      </ul>
      ${forOrganization && html`<p>If you accept, this application gets access to these for all people of ${organization.tenant.name}.</p>`}
      ${form(
        signIn,
        html`<div class="actions">
          <button class="primary" name="action" value="consent">Accept</button>${cancel}
        </div>`,
      )}`,
    person,
  );
}
