import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { pageConfigurationElement, type PageConfiguration } from '../contract/configuration.ts';
import { pageHeaders, type PageOrigins } from './page-headers.ts';
import { ProblemError } from './problem-error.ts';

export interface RenderedPage {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

const placeholder = '<!--gatehouse-configuration-->';

export interface PageOptions {
  /** The folder of the built page. */
  readonly folder: URL;
  /** Asked for each request: those of a gate come with its bundle. */
  readonly origins: () => PageOrigins;
  readonly configuration: () => Promise<PageConfiguration>;
  /** Where the page's own files are served, with a slash at both ends. Absent: at the root. */
  readonly base?: string;
}

/** Renders index.html for one request: with a nonce of its own, and what the page must know at load. */
export function createPage(options: PageOptions): () => Promise<RenderedPage> {
  let template: Promise<string> | null = null;
  return async () => {
    template ??= readTemplate(options.folder, options.base ?? '/').catch((error: unknown) => {
      template = null;
      throw error;
    });
    const nonce = randomBytes(16).toString('base64');
    const inserted = `<meta property="csp-nonce" nonce="${nonce}" />\n    ${dataBlock(await options.configuration())}`;
    return {
      // By a function: in a replacement text, `$` has a meaning.
      html: (await template).replace(placeholder, () => inserted),
      headers: pageHeaders(nonce, options.origins()),
    };
  };
}

/** A data block: never executed, so that the policy needs no exception for it. */
export function dataBlock(configuration: PageConfiguration): string {
  const json = JSON.stringify(configuration).replaceAll('<', '\\u003c');
  return `<script type="application/json" id="${pageConfigurationElement}">${json}</script>`;
}

/** The build addresses its files from the root: behind a gate the root is the console's. */
async function readTemplate(folder: URL, base: string): Promise<string> {
  const html = await readFile(new URL('index.html', folder), 'utf8').catch((error: unknown) => {
    throw new ProblemError(503, 'page_not_built', 'The page has not been built: npm run build.', {
      cause: error,
    });
  });
  if (html.includes(placeholder)) return rebased(html, base);
  throw new Error(`index.html has no ${placeholder}`);
}

function rebased(html: string, base: string): string {
  return html.replaceAll(
    / (src|href)="\/(?!\/)/gu,
    (_, attribute: string) => ` ${attribute}="${base}`,
  );
}
