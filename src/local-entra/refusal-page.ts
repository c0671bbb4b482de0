import { html } from './html.ts';
import type { Html } from './html.ts';
import type { Page } from './page.ts';
import type { RefusalReport } from './refusal-report.ts';

/** What Entra titles the pages of refusals that concern the person rather than the request. */
const titles: Record<number, string> = {
  50055: 'Update your password',
  50057: 'Your account has been locked',
  50089: 'Your sign-in timed out',
  50105: 'You do not have access to this',
  53003: 'You cannot access this right now',
  90094: 'Need admin approval',
  500121: 'We did not receive your approval',
};

/** A refusal as Entra shows it, with everything that an administrator asks for. */
export function refusalPage(report: RefusalReport, wayOn?: Html): Page {
  const title = titles[report.number] ?? 'Sorry, but we’re having trouble signing you in.';
  return {
    title: 'Sign in to your account',
    body: html`<h1>${title}</h1>
      <p role="alert">AADSTS${report.number}: ${report.message}</p>
      <h2>Troubleshooting details</h2>
      <p class="quiet">If you contact your administrator, send this information to them.</p>
      <dl>
        <dt>Error Code</dt>
        <dd>${report.number}</dd>
        <dt>Request Id</dt>
        <dd>${report.traceId}</dd>
        <dt>Correlation Id</dt>
        <dd>${report.correlationId}</dd>
        <dt>Timestamp</dt>
        <dd>${report.timestamp}</dd>
      </dl>
      ${wayOn !== undefined && html`<div class="actions">${wayOn}</div>`}`,
  };
}
