import { activityHeader, apiRoot, type EndpointShape } from '../../contract/endpoint.ts';

/** What a path or a query can carry. */
type Parameter = string | number | boolean | null | undefined;

export interface LooseArguments {
  readonly params?: Readonly<Record<string, Parameter>>;
  readonly query?: Readonly<Record<string, Parameter>>;
  readonly body?: unknown;
  readonly ifMatch?: string;
  /** Nobody asked for it: the page does so by itself, which is no use of a session (R15). */
  readonly background?: boolean;
}

export interface PreparedRequest {
  readonly method: EndpointShape['method'];
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string | Blob | null;
}

/** Fills an endpoint's path and query. Undefined and null entries of the query are left out. */
export function endpointUrl(
  path: string,
  { params, query }: LooseArguments,
  root: string = apiRoot,
): string {
  const filled = path.replaceAll(/:(\w+)/gu, (_, name: string) =>
    encodeURIComponent(String(params?.[name])),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null) search.set(name, String(value));
  }
  const text = search.toString();
  return `${root}${filled}${text === '' ? '' : `?${text}`}`;
}

/**
 * A request as it travels: a file goes as it is (`text/csv`), everything else as JSON. `root`: where
 * the API lives; the portal's, unless given.
 */
export function prepareRequest(
  endpoint: Pick<EndpointShape, 'method' | 'path'>,
  args: LooseArguments,
  token: string | null,
  root: string = apiRoot,
): PreparedRequest {
  const headers: Record<string, string> = {
    accept: 'application/json, application/problem+json',
  };
  if (token !== null) headers['authorization'] = `Bearer ${token}`;
  if (args.ifMatch !== undefined) headers['if-match'] = `"${args.ifMatch}"`;
  if (args.background === true) headers[activityHeader] = 'background';
  const body = bodyOf(args.body);
  if (body !== null)
    headers['content-type'] = typeof body === 'string' ? 'application/json' : 'text/csv';
  return { method: endpoint.method, url: endpointUrl(endpoint.path, args, root), headers, body };
}

function bodyOf(body: unknown): string | Blob | null {
  if (body === undefined) return null;
  if (body instanceof Blob) return body;
  if (body instanceof Uint8Array) return new Blob([new Uint8Array(body)]);
  return JSON.stringify(body);
}
