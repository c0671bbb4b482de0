import { createHash } from 'node:crypto';

const style =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:15vh auto 0;padding:0 1.5rem;color:#242424;background:#fafafa}h1{font-size:1.5rem}a{color:#0f6cbd}code{font-size:.9em}@media(prefers-color-scheme:dark){body{color:#f5f5f5;background:#1f1f1f}a{color:#62abf5}}';

const styleHash = createHash('sha256').update(style).digest('base64');

/** Of the small pages: nothing but their own style. */
export const smallPagePolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`;

export interface SmallPage {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly reference: string;
  /** A link, to a path of this origin. */
  readonly link: { readonly href: string; readonly text: string };
  /** Seconds after which the page tries again by itself. */
  readonly retryAfter?: number;
}

/** A page that needs nothing but itself: for when the console, or the built page, isn't there. */
export function smallPage({ title, paragraphs, reference, link, retryAfter }: SmallPage): string {
  const refresh =
    retryAfter === undefined ? '' : `<meta http-equiv="refresh" content="${retryAfter}">`;
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title>`,
    `<meta name="viewport" content="width=device-width">${refresh}<style>${style}</style></head>`,
    `<body><main><h1>${escaped(title)}</h1>`,
    ...paragraphs.map((text) => `<p>${escaped(text)}</p>`),
    `<p><a href="${escaped(link.href)}">${escaped(link.text)}</a></p>`,
    `<p>Reference <code>${escaped(reference)}</code></p></main></body></html>`,
  ].join('\n');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
