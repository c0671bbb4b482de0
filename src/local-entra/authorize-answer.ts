import type { FastifyReply } from 'fastify';
import { html } from './html.ts';
import { sendPage } from './page.ts';
import { errorUri } from './refusal-report.ts';
import type { AadstsError } from './aadsts.ts';
import type { ReturnAddress } from './authorize-request.ts';
import type { Html } from './html.ts';
import type { RefusalReport } from './refusal-report.ts';

/** What goes back to the application, and where. */
export interface Answer {
  address: ReturnAddress;
  fields: Record<string, string>;
}

export function errorAnswer(
  address: ReturnAddress,
  error: AadstsError,
  report: RefusalReport,
  origin: string,
): Answer {
  return answer(address, {
    error: error.authorizeError,
    error_description: report.description,
    error_uri: errorUri(origin, error.number),
    ...(error.suberror === undefined ? {} : { suberror: error.suberror }),
    ...(error.subcode === undefined ? {} : { error_subcode: error.subcode }),
    ...(error.claims === undefined ? {} : { claims: error.claims }),
  });
}

export function answer(address: ReturnAddress, fields: Record<string, string>): Answer {
  const { state } = address;
  return { address, fields: { ...fields, ...(state === undefined ? {} : { state }) } };
}

export function sendAnswer(reply: FastifyReply, toSend: Answer): FastifyReply {
  const { responseMode } = toSend.address;
  void reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  if (responseMode !== 'form_post') return reply.redirect(answerUrl(toSend), 302);
  return sendPage(reply, {
    title: 'Working',
    body: html`<h1>Returning to the application</h1>
      ${answerForm(toSend, true)}`,
  });
}

/** Something that takes a person back to the application: a link, or a form for `form_post`. */
export function answerControl(toSend: Answer): Html {
  return toSend.address.responseMode === 'form_post'
    ? answerForm(toSend, false)
    : html`<a class="button" href="${answerUrl(toSend)}">Return to the application</a>`;
}

function answerUrl({ address, fields }: Answer): string {
  const encoded = new URLSearchParams(fields).toString();
  const { redirectUri, responseMode } = address;
  if (responseMode === 'fragment') return `${redirectUri}#${encoded}`;
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${encoded}`;
}

function answerForm({ address, fields }: Answer, atOnce: boolean): Html {
  const inputs = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  const submit = atOnce && html` data-submit`;
  return html`<form method="post" action="${address.redirectUri}" ${submit}>
    ${inputs}<button class="primary">Return to the application</button>
  </form>`;
}
