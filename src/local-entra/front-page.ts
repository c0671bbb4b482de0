import type { FastifyInstance } from 'fastify';
import { demoPassword } from '../demo/directory.ts';
import { explainAadsts } from './aadsts.ts';
import { html } from './html.ts';
import { localHeader } from './local-surface.ts';
import { sendPage } from './page.ts';
import { queryOf } from './parameters.ts';
import type { Organization } from '../demo/directory-types.ts';
import type { Html } from './html.ts';
import type { Tenant } from './tenant.ts';

/** `/`: what this is, who is in it and how to change it. `/error?code=`: what a code means. */
export function registerFrontPage(
  app: FastifyInstance,
  tenant: Tenant,
  portalOrigin?: string,
): void {
  app.get('/', (_, reply) =>
    sendPage(reply, { title: 'Directory', body: frontPage(tenant, portalOrigin), wide: true }),
  );
  app.get('/error', (request, reply) => {
    const code = queryOf(request.url).get('code') ?? '';
    const text = explainAadsts(code.replace(/^AADSTS/i, ''));
    const body = html`<h1>Error code lookup</h1>
      <p>
        ${text === undefined ? 'Local Entra doesn’t know this code.' : html`AADSTS${code}: ${text}`}
      </p>`;
    return sendPage(reply, { title: 'Error code lookup', body }, text === undefined ? 404 : 200);
  });
}

function frontPage(tenant: Tenant, portalOrigin: string | undefined): Html {
  const { directory } = tenant.people;
  const applications = directory.applications.map(
    ({ displayName, clientId, redirectUris }) =>
      html`<tr>
        <th scope="row"><a href="/applications/${clientId}">${displayName}</a></th>
        <td><code>${clientId}</code></td>
        <td>${[...redirectUris.spa, ...redirectUris.web].join(', ')}</td>
      </tr>`,
  );
  return html`<h1>${directory.tenant.name}</h1>
    <p>
      Stands in for Microsoft Entra ID and Microsoft Graph while Gatehouse is developed, shown and
      tested. Everyone’s password is <code>${demoPassword}</code>
    </p>
    <p>
      <a href="/authenticator">Authenticator</a> plays the
      phones${portalOrigin !== undefined && html` · <a href="${portalOrigin}">Gatehouse portal</a>`}
    </p>
    <dl>
      <dt>Tenant ID</dt>
      <dd>${directory.tenant.id}</dd>
      <dt>Login URL</dt>
      <dd>${tenant.origin}</dd>
      <dt>Graph URL</dt>
      <dd>${tenant.origin}/graph</dd>
    </dl>
    <h2 id="people">People</h2>
    ${peopleTable(directory, 'people')} ${directory.partnerTenants.map(partnerTenant)}
    <h2 id="applications">Applications</h2>
    <table aria-labelledby="applications">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Client ID</th>
          <th scope="col">Redirect URIs</th>
        </tr>
      </thead>
      <tbody>
        ${applications}
      </tbody>
    </table>
    <h2>Change things while it runs</h2>
    <p>
      Requests need the header <code>${localHeader}: 1</code> and, where there is a body, JSON.
      Changes last until the next start.
    </p>
    <dl>
      <dt>POST /_local/keys/roll</dt>
      <dd>Sign with a new key; <code>{"withdraw": true}</code> stops publishing the old one</dd>
      <dt>POST /_local/people</dt>
      <dd>
        Add a person:
        <code>{"oid": "…", "displayName": "…", "givenName": "…", "upn": "…", "mail": "…", …}</code>
      </dd>
      <dt>POST /_local/people/{oid}</dt>
      <dd>
        <code
          >{"groups": [], "mfa": "required", "disabled": true, "passwordExpired": true,
          "blockedByConditionalAccess": true, …}</code
        >
      </dd>
      <dt>POST /_local/people/{oid}/revoke</dt>
      <dd>End the person’s sessions and refresh tokens</dd>
      <dt>POST /_local/applications/{clientId}</dt>
      <dd>
        <code
          >{"consentedGraphScopes": [], "secrets": [], "certificates": [], "disabled": true,
          …}</code
        >
      </dd>
      <dt>POST /_local/graph</dt>
      <dd>
        <code>{"status": 503}</code> makes Graph fail so (or 429),
        <code>{"status": null}</code> mends it
      </dd>
      <dt>GET /_local/people</dt>
      <dd>Everyone, as they are now</dd>
    </dl>`;
}

/** The people of another organisation, and where their tokens come from. */
function partnerTenant(organization: Organization): Html {
  const { id, name } = organization.tenant;
  return html`<h2 id="people-of-${id}">People of ${name}</h2>
    <p>
      Another organisation, with the tenant ID <code>${id}</code>: they can use the multitenant
      applications alone.
    </p>
    ${peopleTable(organization, `people-of-${id}`)}`;
}

function peopleTable({ people }: Organization, heading: string): Html {
  const rows = people.map(
    ({ displayName, upn, mail, shows, oid }) =>
      html`<tr>
        <th scope="row">${displayName}</th>
        <td>${upn ?? mail}</td>
        <td>${shows}</td>
        <td><code>${oid}</code></td>
      </tr>`,
  );
  return html`<table aria-labelledby="${heading}">
    <thead>
      <tr>
        <th scope="col">Name</th>
        <th scope="col">User name</th>
        <th scope="col">Shows</th>
        <th scope="col">Object ID</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}
