import type { EndpointShape, QueryInputOf, ResponseOf } from '../../contract/endpoint.ts';
import type {
  closeGateSession,
  gateApiRoot,
  GateSessionAnswer,
  GateStatus,
  getGateSession,
  getGateStatus,
  openGateRecovery,
  openGateSession,
} from '../../contract/gate-page.ts';
import { challengedClaims, valueOf } from './answer.ts';
import { prepareRequest, type LooseArguments } from './request.ts';
import { send, type Answer } from './transport.ts';

/** A call of the gate, written out: importing the contract's values would bring its schemas in. */
type Call<E extends EndpointShape> = Pick<E, 'method' | 'path'>;

const root: typeof gateApiRoot = '/_gatehouse/api';
const status: Call<typeof getGateStatus> = { method: 'GET', path: '/status' };
const session: Call<typeof getGateSession> = { method: 'GET', path: '/session' };
const opening: Call<typeof openGateSession> = { method: 'POST', path: '/session' };
const closing: Call<typeof closeGateSession> = { method: 'DELETE', path: '/session' };
const recovery: Call<typeof openGateRecovery> = { method: 'POST', path: '/recovery-session' };

export type SessionOfAsker = ResponseOf<typeof getGateSession>;

export async function gateStatus(): Promise<GateStatus> {
  return valueOf(await ask(status)).value as GateStatus;
}

/** Who asks for it: `person` counts as use of the session, `page` doesn't (R15). */
export type LookBy = NonNullable<QueryInputOf<typeof getGateSession>['by']>;

export async function sessionOfAsker(by: LookBy): Promise<SessionOfAsker> {
  return valueOf(await ask(session, { query: { by } })).value as SessionOfAsker;
}

/** The cookie comes with the answer. `challenge`: the claims that Graph wants in its token (R11). */
export async function openSession(
  accessToken: string,
  graphAccessToken: string | null,
): Promise<{ session: GateSessionAnswer } | { challenge: string }> {
  const body = graphAccessToken === null ? {} : { graphAccessToken };
  const answer = await ask(opening, { body, token: accessToken });
  const challenge = graphAccessToken === null ? null : challengedClaims(answer);
  if (challenge !== null) return { challenge };
  return { session: valueOf(answer).value as GateSessionAnswer };
}

export async function closeSession(): Promise<void> {
  valueOf(await ask(closing));
}

export async function openRecovery(token: string): Promise<GateSessionAnswer> {
  return valueOf(await ask(recovery, { body: { token } })).value as GateSessionAnswer;
}

function ask(
  { method, path }: Pick<EndpointShape, 'method' | 'path'>,
  {
    query,
    body,
    token = null,
  }: Pick<LooseArguments, 'query' | 'body'> & { token?: string | null } = {},
): Promise<Answer> {
  return send(
    prepareRequest(
      { method, path },
      { ...(query === undefined ? {} : { query }), body },
      token,
      root,
    ),
    {},
  );
}
