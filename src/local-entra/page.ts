import { readFileSync } from 'node:fs';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { html } from './html.ts';
import type { Html } from './html.ts';

const asset = (name: string): string =>
  readFileSync(new URL(`../../src/local-entra/${name}`, import.meta.url), 'utf8');

/** The pages' own style and script, so that their content security policy needs no exception. */
export function registerPageAssets(app: FastifyInstance): void {
  const style = asset('pages.css');
  const script = asset('pages.js');
  app.get('/_local/pages.css', (_, reply) => reply.type('text/css; charset=utf-8').send(style));
  app.get('/_local/pages.js', (_, reply) =>
    reply.type('text/javascript; charset=utf-8').send(script),
  );
}

export interface Page {
  title: string;
  body: Html;
  /** Wide pages are lists, the others the card in the middle. */
  wide?: boolean;
  /** Origins of what the page frames. */
  frames?: string[];
}

/**
 * Sends a page. There is no `form-action`: the answer to a form redirects to the application, which
 * the browser would refuse. Like Entra's, the pages can't be framed.
 */
export function sendPage(reply: FastifyReply, page: Page, status = 200): FastifyReply {
  const { frames = [] } = page;
  const framed = frames.length === 0 ? '' : `; frame-src ${[...new Set(frames)].join(' ')}`;
  const policy =
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'";
  return reply
    .code(status)
    .headers({
      'content-security-policy': policy + framed,
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
    .type('text/html; charset=utf-8')
    .send(document(page).markup);
}

function document({ title, body, wide = false }: Page): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} - Local Entra</title>
        <link rel="stylesheet" href="/_local/pages.css" />
        <script src="/_local/pages.js" defer></script>
      </head>
      <body>
        <header role="banner">Local Entra: a stand-in for development, not Microsoft</header>
        <main class="${wide ? 'wide' : 'card'}">${body}</main>
      </body>
    </html> `;
}
