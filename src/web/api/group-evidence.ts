import type { putGroupEvidence } from '../../contract/me.ts';
import { valueOf } from './answer.ts';
import { prepareRequest } from './request.ts';
import { acquireApiToken, acquireGraphToken } from './session.ts';
import { send } from './transport.ts';

const scopes = ['User.Read', 'GroupMember.Read.All'];

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

async function handOver(options: { interactive: boolean }): Promise<boolean> {
  const graphAccessToken = await acquireGraphToken(scopes, options);
  if (graphAccessToken === null) return false;
  const request = prepareRequest(endpoint, { body: { graphAccessToken } }, await acquireApiToken());
  valueOf(await send(request, {}));
  return true;
}
