import { z } from 'zod';
import { challengedClaims } from './claims-challenge.ts';
import { fetchJson, type JsonAnswer } from './fetch-json.ts';

export type GraphErrorCode =
  | 'graph_unreachable'
  | 'graph_refused'
  | 'graph_claims_challenge'
  | 'graph_other_person'
  | 'graph_too_many_groups';

/** The groups of a person couldn't be read from Graph. `reason` is read by people. */
export class GraphError extends Error {
  readonly code: GraphErrorCode;
  readonly reason: string;
  /** For `graph_claims_challenge`: what Graph asks for, base64 of JSON, for a token acquired with it. */
  readonly claims: string | null;

  constructor(
    code: GraphErrorCode,
    reason: string,
    { claims = null, ...options }: ErrorOptions & { readonly claims?: string | null } = {},
  ) {
    super(`${code}: ${reason}`, options);
    this.claims = claims;
    this.name = 'GraphError';
    this.code = code;
    this.reason = reason;
  }
}

export interface GraphRequest {
  /** Origin of Graph, such as `https://graph.microsoft.com`: the only place that is asked. */
  readonly graphUrl: string;
  /** An access token for Graph of the person themself; not kept. */
  readonly token: string;
  /** Whose groups are wanted: a token of somebody else is refused. */
  readonly objectId: string;
}

const person = z.object({ id: z.string() });
const page = z.object({
  value: z.array(z.object({ id: z.string().max(200) })).max(1000),
  '@odata.nextLink': z.string().max(4000).optional(),
});
const failure = z.object({ error: z.object({ code: z.string().max(100) }) });

const maxPages = 50;

/**
 * Every group that a person is in, nested ones included, with their own token (R11): delegated
 * `User.Read` and `GroupMember.Read.All`. Throws GraphError; a part of the list is never returned.
 */
export async function groupsOf(request: GraphRequest): Promise<string[]> {
  const { graphUrl, objectId } = request;
  const { id } = parse(person, await ask(`${graphUrl}/v1.0/me?$select=id`, request));
  if (id.toLowerCase() !== objectId.toLowerCase()) {
    throw new GraphError('graph_other_person', 'the Graph token is of somebody else');
  }
  const ids: string[] = [];
  let next: string | undefined =
    `${graphUrl}/v1.0/me/transitiveMemberOf/microsoft.graph.group?$select=id&$top=999&$count=true`;
  for (let pages = 0; next !== undefined; pages += 1) {
    if (pages === maxPages) {
      throw new GraphError('graph_too_many_groups', `there are more than ${maxPages} pages`);
    }
    const part: z.output<typeof page> = parse(page, await ask(next, request));
    ids.push(...part.value.map((group) => group.id.toLowerCase()));
    next = part['@odata.nextLink'];
  }
  return ids;
}

async function ask(url: string, { graphUrl, token }: GraphRequest): Promise<unknown> {
  if (!URL.canParse(url) || new URL(url).origin !== new URL(graphUrl).origin) {
    throw new GraphError('graph_refused', 'the next page of the list lies outside of Graph');
  }
  let answer: JsonAnswer;
  try {
    answer = await fetchJson(url, {
      headers: { authorization: `Bearer ${token}`, consistencylevel: 'eventual' },
      timeoutMs: 10_000,
      maxBytes: 2_000_000,
    });
  } catch (error) {
    throw new GraphError('graph_unreachable', 'Microsoft Graph does not answer', { cause: error });
  }
  if (answer.status === 200) return answer.body;
  const claims = answer.status === 401 ? challengedClaims(answer.challenge) : null;
  if (claims !== null) {
    const reason = 'Microsoft Graph asks for a new sign-in before it answers';
    throw new GraphError('graph_claims_challenge', reason, { claims });
  }
  const said = failure.safeParse(answer.body).data?.error.code ?? 'no reason';
  const code =
    answer.status >= 500 || answer.status === 429 ? 'graph_unreachable' : 'graph_refused';
  throw new GraphError(code, `Microsoft Graph answered ${answer.status}: ${said}`);
}

function parse<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const { success, data, error } = schema.safeParse(body);
  if (success) return data;
  throw new GraphError('graph_unreachable', 'Microsoft Graph answered in another form', {
    cause: error,
  });
}
