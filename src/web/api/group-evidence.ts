import type { putGroupEvidence } from '../../contract/me.ts';
import { groupReadScope } from '../../domain/web-sign-in.ts';
import { challengedClaims, valueOf } from './answer.ts';
import { prepareRequest } from './request.ts';
import { acquireApiToken, acquireGraphToken } from './tokens.ts';
import { send, type Answer } from './transport.ts';

const scopes = ['User.Read', groupReadScope];

// Written out, because importing the endpoint would bring the contract's schemas into the sign-in page.
const endpoint: Pick<typeof putGroupEvidence, 'method' | 'path' | 'guard' | 'summary'> = {
  method: 'PUT',
  path: '/me/group-evidence',
  guard: 'identified',
  summary: 'Complete an incomplete group list with a Graph token of the same person',
};

let underWay: Promise<boolean> | null = null;

/**
 * R11: hands the server a Graph token of the same person, which it uses once to read their groups.
 * False where Graph needs the person first and `interactive` is false.
 */
export function completeGroups(options: { interactive: boolean }): Promise<boolean> {
  underWay ??= handOver(options).finally(() => {
    underWay = null;
  });
  return underWay;
}

async function handOver({ interactive }: { interactive: boolean }): Promise<boolean> {
  const graphAccessToken = await acquireGraphToken(scopes, { interactive });
  if (graphAccessToken === null) return false;
  const answer = await put(graphAccessToken);
  const claims = challengedClaims(answer);
  if (claims === null) return taken(answer);
  // Graph's challenge, handed on: the claims are for a Graph token, not for one of ours.
  const better = await acquireGraphToken(scopes, { interactive, claims });
  return better !== null && taken(await put(better));
}

async function put(graphAccessToken: string): Promise<Answer> {
  return send(
    prepareRequest(endpoint, { body: { graphAccessToken } }, await acquireApiToken()),
    {},
  );
}

function taken(answer: Answer): true {
  valueOf(answer);
  return true;
}
