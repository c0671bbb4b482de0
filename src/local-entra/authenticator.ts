import type { FastifyInstance } from 'fastify';
import { html } from './html.ts';
import { sendPage } from './page.ts';
import { formOf, queryOf } from './parameters.ts';
import type { Html } from './html.ts';
import type { Prompt } from './phones.ts';
import type { Tenant } from './tenant.ts';

/** `/authenticator`: plays everyone's phone, or with `?person=<oid>` one person's. */
export function registerAuthenticator(app: FastifyInstance, tenant: Tenant): void {
  const pending = (person: string | undefined): Prompt[] =>
    tenant.phones.pending().filter(({ oid }) => person === undefined || oid === person);
  const seen = (prompts: Prompt[]): string => prompts.map(({ id }) => id).join(' ');

  app.get('/authenticator', (request, reply) => {
    const person = queryOf(request.url).get('person');
    const result = results.get(queryOf(request.url).get('result') ?? '');
    const prompts = pending(person);
    const query = person === undefined ? '' : `?person=${encodeURIComponent(person)}`;
    const body = html`<h1>Authenticator</h1>
      <p class="quiet">
        Plays the phone of ${tenant.people.person(person ?? '')?.displayName ?? 'everyone'}.
      </p>
      ${result !== undefined && html`<p role="status">${result}</p>`}
      <div data-poll="/authenticator/pending${query}" data-seen="${seen(prompts)}">
        ${prompts.length === 0 && html`<p>No requests are waiting. One appears here by itself.</p>`}
        ${prompts.map((prompt) => requestForm(tenant, prompt, person))}
      </div>`;
    return sendPage(reply, { title: 'Authenticator', body });
  });

  app.get('/authenticator/pending', (request, reply) =>
    reply.type('text/plain').send(seen(pending(queryOf(request.url).get('person')))),
  );

  app.post('/authenticator', (request, reply) => {
    const sent = formOf(request.body);
    const id = sent.get('request') ?? '';
    const approve = sent.get('action') === 'approve';
    const approved = approve && tenant.phones.approve(id, sent.get('number') ?? '');
    if (!approve) tenant.phones.deny(id);
    const result = approved ? 'approved' : approve ? 'wrong' : 'denied';
    const person = sent.get('person');
    const query = new URLSearchParams({ ...(person === undefined ? {} : { person }), result });
    return reply.redirect(`/authenticator?${query.toString()}`, 303);
  });
}

const results = new Map([
  ['approved', 'Approved.'],
  ['denied', 'Denied.'],
  ['wrong', 'That number isn’t the one on the sign-in page, or the request is gone: denied.'],
]);

function requestForm({ people }: Tenant, prompt: Prompt, person: string | undefined): Html {
  const name = people.person(prompt.oid)?.displayName ?? prompt.oid;
  const field = `number-${prompt.id}`;
  return html`<form
    class="request"
    method="post"
    action="/authenticator"
    aria-label="Request for ${name}"
  >
    <input type="hidden" name="request" value="${prompt.id}" />
    ${person !== undefined && html`<input type="hidden" name="person" value="${person}" />`}
    <h2>Are you trying to sign in?</h2>
    <p>${name}, to ${prompt.application}. Enter the number shown on the sign-in page.</p>
    <label for="${field}">Number</label>
    <input
      id="${field}"
      name="number"
      type="text"
      inputmode="numeric"
      pattern="[0-9]{2}"
      maxlength="2"
      autocomplete="off"
      required
    />
    <div class="actions">
      <button class="primary" name="action" value="approve">Approve</button>
      <button name="action" value="deny" formnovalidate>Deny</button>
    </div>
  </form>`;
}
