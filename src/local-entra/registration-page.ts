import { X509Certificate } from 'node:crypto';
import { html } from './html.ts';
import type { Application, ClientSecret } from '../demo/directory-types.ts';
import type { Html } from './html.ts';
import type { Page } from './page.ts';

/** What stands on the page beside the registration itself. */
export interface RegistrationView {
  application: Application;
  tenantId: string;
  /** Proves that a form was sent from this page. */
  token: string;
  /** What went wrong with the last form. */
  problem: string | undefined;
  /** What the last form did. */
  done: string | undefined;
  now: number;
}

/** An application registration, to look at and to change, with its secrets in the clear. */
export function registrationPage(view: RegistrationView): Page {
  const { application, tenantId, problem, done } = view;
  const { displayName, clientId, multitenant } = application;
  const audience = multitenant === true ? 'Accounts of any organisation' : 'This organisation only';
  return {
    title: displayName,
    wide: true,
    body: html`<p class="links"><a href="/">Directory</a></p>
      <h1>${displayName}</h1>
      ${problem !== undefined && html`<p class="problem" role="alert">${problem}</p>`}
      ${done !== undefined && html`<p role="status">${done}</p>`}
      <dl>
        <dt>Application (client) ID</dt>
        <dd><code>${clientId}</code></dd>
        <dt>Directory (tenant) ID</dt>
        <dd><code>${tenantId}</code></dd>
        <dt>Supported account types</dt>
        <dd>${audience}</dd>
      </dl>
      ${redirectUris(view)} ${frontChannelLogout(view)} ${secrets(view)} ${certificates(view)}`,
  };
}

function form({ application, token }: RegistrationView, content: Html): Html {
  return html`<form class="inline" method="post" action="/applications/${application.clientId}">
    <input type="hidden" name="token" value="${token}" />
    ${content}
  </form>`;
}

function redirectUris(view: RegistrationView): Html {
  const { spa, web } = view.application.redirectUris;
  const row = (platform: string, uri: string): Html =>
    html`<tr>
      <td>${platform}</td>
      <td><code>${uri}</code></td>
    </tr>`;
  return html`<h2 id="redirect-uris">Redirect URIs</h2>
    <table aria-labelledby="redirect-uris">
      <thead>
        <tr>
          <th scope="col">Platform</th>
          <th scope="col">Redirect URI</th>
        </tr>
      </thead>
      <tbody>
        ${web.map((uri) => row('Web', uri))}${spa.map((uri) => row('Single-page application', uri))}
      </tbody>
    </table>
    ${form(
      view,
      html`<p>
          <label for="platform">Platform</label>
          <select id="platform" name="platform">
            <option value="web">Web</option>
            <option value="spa">Single-page application</option>
          </select>
        </p>
        <p>
          <label for="redirect-uri">New redirect URI</label>
          <input id="redirect-uri" name="uri" type="text" spellcheck="false" />
        </p>
        <button name="action" value="addRedirectUri">Add redirect URI</button>`,
    )}`;
}

function frontChannelLogout(view: RegistrationView): Html {
  const { frontChannelLogoutUrl = '' } = view.application;
  return html`<h2>Front-channel logout</h2>
    ${form(
      view,
      html`<p>
          <label for="logout-url">Front-channel logout URL</label>
          <input
            id="logout-url"
            name="uri"
            type="text"
            spellcheck="false"
            value="${frontChannelLogoutUrl}"
          />
        </p>
        <button name="action" value="setLogoutUrl">Save logout URL</button>`,
    )}`;
}

function secrets(view: RegistrationView): Html {
  return html`<h2 id="secrets">Client secrets</h2>
    <p class="quiet">Entra shows a value once; here they stay in sight.</p>
    <table aria-labelledby="secrets">
      <thead>
        <tr>
          <th scope="col">Value</th>
          <th scope="col">Secret ID</th>
          <th scope="col">Expires</th>
          <th scope="col">Change</th>
        </tr>
      </thead>
      <tbody>
        ${view.application.secrets.map((secret) => secretRow(view, secret))}
      </tbody>
    </table>
    ${form(
      view,
      html`<p>
          <label for="expires">Expires on (YYYY-MM-DD; empty: never)</label>
          <input id="expires" name="expires" type="text" autocomplete="off" />
        </p>
        <button name="action" value="addSecret">New client secret</button>`,
    )}`;
}

function secretRow(view: RegistrationView, { id, value, expiresAt }: ClientSecret): Html {
  const expired = expiresAt !== undefined && Date.parse(expiresAt) <= view.now;
  const date = expiresAt?.slice(0, 10) ?? 'Never';
  const button = (action: string, words: string): Html =>
    html`<button name="action" value="${action}" aria-label="${words} secret ${id}">
      ${words}
    </button>`;
  return html`<tr>
    <td><code>${value}</code></td>
    <td><code>${id}</code></td>
    <td>${expired ? `Expired ${date}` : date}</td>
    <td>
      ${form(
        view,
        html`<input type="hidden" name="secret" value="${id}" />
          ${!expired && button('expireSecret', 'Expire')}${button('removeSecret', 'Remove')}`,
      )}
    </td>
  </tr>`;
}

function certificates(view: RegistrationView): Html {
  const rows = view.application.certificates.map(({ id, pem }) => {
    const { fingerprint, validTo } = new X509Certificate(pem);
    return html`<tr>
      <td><code>${fingerprint.replaceAll(':', '')}</code></td>
      <td><code>${id}</code></td>
      <td>${new Date(validTo).toISOString().slice(0, 10)}</td>
      <td>
        ${form(
          view,
          html`<input type="hidden" name="certificate" value="${id}" />
            <button name="action" value="removeCertificate" aria-label="Remove certificate ${id}">
              Remove
            </button>`,
        )}
      </td>
    </tr>`;
  });
  return html`<h2 id="certificates">Certificates</h2>
    <table aria-labelledby="certificates">
      <thead>
        <tr>
          <th scope="col">Thumbprint</th>
          <th scope="col">Certificate ID</th>
          <th scope="col">Expires</th>
          <th scope="col">Change</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
    ${form(
      view,
      html`<p>
          <label for="certificate">Certificate (PEM, with an RSA key)</label>
          <textarea id="certificate" name="pem" rows="4" spellcheck="false"></textarea>
        </p>
        <button name="action" value="addCertificate">Upload certificate</button>`,
    )}`;
}
