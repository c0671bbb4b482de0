import { badRequest } from './graph-errors.ts';
import type { Parameters } from './parameters.ts';

/** What a collection of Graph understands of OData here. */
export interface CollectionQuery {
  select: string[] | undefined;
  /** Entries on a page, 1 to 999. */
  top: number;
  /** How many entries the pages before held. */
  skip: number;
  count: boolean;
  orderBy: boolean;
  /** Keeps an entry, by `$search` and `$filter`. */
  keeps: (entry: SearchedEntry) => boolean;
}

export interface SearchedEntry {
  id: string;
  displayName: string;
}

const defaultTop = 100;

/**
 * Reads `$select`, `$top`, `$skiptoken`, `$count`, `$orderby=displayName`, `$search="displayName:…"`
 * and `$filter` with startswith, eq or in. Throws 400 for anything else, and for an advanced query
 * without its header `ConsistencyLevel: eventual`.
 */
export function readCollectionQuery(sent: Parameters, consistency: unknown): CollectionQuery {
  const eventual = String(consistency).toLowerCase() === 'eventual';
  const search = sent.get('$search');
  const filter = sent.get('$filter');
  const count = sent.get('$count') === 'true';
  if (search !== undefined && !eventual) {
    throw badRequest(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
      'Request_UnsupportedQuery',
    );
  }
  if (count && !eventual) {
    throw badRequest(
      "$count is not currently supported without the request header 'ConsistencyLevel: eventual'.",
      'Request_UnsupportedQuery',
    );
  }
  const searched = search === undefined ? () => true : readSearch(search);
  const filtered = filter === undefined ? () => true : readFilter(filter);
  return {
    select: sent
      .get('$select')
      ?.split(',')
      .map((name) => name.trim()),
    top: readTop(sent.get('$top')),
    skip: readSkipToken(sent.get('$skiptoken')),
    count,
    orderBy: readOrderBy(sent.get('$orderby')),
    keeps: (entry) => searched(entry) && filtered(entry),
  };
}

/** A page of entries as Graph sends it, with the address of the next where there is one. */
export function collectionPage(
  entries: object[],
  { top, skip, count }: CollectionQuery,
  context: string,
  self: URL,
): object {
  const next = new URL(self);
  next.searchParams.set('$skiptoken', encodeSkip(skip + top));
  return {
    '@odata.context': context,
    ...(count ? { '@odata.count': entries.length } : {}),
    ...(skip + top < entries.length ? { '@odata.nextLink': next.href } : {}),
    value: entries.slice(skip, skip + top),
  };
}

/** Just the selected properties, but `id` always. */
export function selected(entry: Record<string, unknown>, select: string[] | undefined): object {
  if (select === undefined) return entry;
  return Object.fromEntries(Object.entries(entry).filter(([name]) => select.includes(name)));
}

/** Each word looked for begins a word of the name, as in Graph's tokenized search. */
function readSearch(search: string): (entry: SearchedEntry) => boolean {
  const term = /^"displayName:((?:[^"\\]|\\.)*)"$/.exec(search.trim())?.[1];
  if (term === undefined)
    throw badRequest(`Syntax error: ${search} is not a valid $search clause.`);
  const words = wordsOf(term.replaceAll(/\\(.)/g, '$1'));
  return ({ displayName }) => {
    const present = wordsOf(displayName);
    return words.every((word) => present.some((each) => each.startsWith(word)));
  };
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

function readFilter(filter: string): (entry: SearchedEntry) => boolean {
  const literal = "'((?:[^']|'')*)'";
  const unquote = (text = ''): string => text.replaceAll("''", "'").toLowerCase();
  const start = new RegExp(`^startswith\\(displayName,\\s*${literal}\\)$`, 'i').exec(filter);
  if (start !== null) {
    return ({ displayName }) => displayName.toLowerCase().startsWith(unquote(start[1]));
  }
  const equal = new RegExp(`^(displayName|id) eq ${literal}$`).exec(filter);
  if (equal !== null) {
    const name = equal[1] === 'id' ? 'id' : 'displayName';
    return (entry) => entry[name].toLowerCase() === unquote(equal[2]);
  }
  const list = /^id in \(('[0-9a-fA-F-]+'(?:\s*,\s*'[0-9a-fA-F-]+')*)\)$/.exec(filter)?.[1];
  if (list === undefined) throw badRequest('Invalid filter clause', 'Request_UnsupportedQuery');
  const ids = new Set(list.split(',').map((id) => id.trim().slice(1, -1).toLowerCase()));
  if (ids.size > 15)
    throw badRequest(
      "Too many child clauses specified in search filter expression containing 'OR' operators: max allowed: 15.",
      'Request_UnsupportedQuery',
    );
  return ({ id }) => ids.has(id.toLowerCase());
}

function readTop(text: string | undefined): number {
  if (text === undefined) return defaultTop;
  const top = Number(text);
  if (Number.isInteger(top) && top >= 1 && top <= 999) return top;
  throw badRequest(
    `Invalid page size specified: '${text}'. Must be between 1 and 999 inclusive.`,
    'Request_BadRequest',
  );
}

function readOrderBy(text: string | undefined): boolean {
  if (text === undefined || /^displayName(?: asc)?$/.test(text)) return text !== undefined;
  throw badRequest('Unsupported sort clause.', 'Request_UnsupportedQuery');
}

function encodeSkip(skip: number): string {
  return Buffer.from(String(skip)).toString('base64url');
}

function readSkipToken(token: string | undefined): number {
  if (token === undefined) return 0;
  const skip = Number(Buffer.from(token, 'base64url').toString());
  if (Number.isInteger(skip) && skip > 0) return skip;
  throw badRequest('The skip token is not valid.', 'Directory_ExpiredPageToken');
}
