import type { GateSessionAnswer } from '../../contract/gate-page.ts';
import { groupReadScope } from '../../domain/web-sign-in.ts';
import { openSession } from '../api/gate.ts';
import { acquireGraphToken } from '../api/tokens.ts';
import { ApiError } from '../failures.ts';

const graphScopes = ['User.Read', groupReadScope];

/** R11: an incomplete group list is completed in silence where that works; else the refusal says how. */
export async function sessionBy(accessToken: string): Promise<GateSessionAnswer> {
  try {
    return await opened(accessToken, null);
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'groups_incomplete') throw error;
    const session = await sessionWithGraph(accessToken, { interactive: false }).catch(
      (second: unknown) => {
        if (second instanceof ApiError) throw second;
        return null;
      },
    );
    if (session === null) throw error;
    return session;
  }
}

/** Null where Graph needs the person first, and `interactive` is false. */
export async function sessionWithGraph(
  accessToken: string,
  { interactive }: { interactive: boolean },
): Promise<GateSessionAnswer | null> {
  const token = await acquireGraphToken(graphScopes, { interactive });
  if (token === null) return null;
  const answer = await openSession(accessToken, token);
  if ('session' in answer) return answer.session;
  // Graph's challenge, handed on: the claims are for a Graph token.
  const claims = answer.challenge;
  const better = await acquireGraphToken(graphScopes, { interactive, claims });
  return better === null ? null : opened(accessToken, better);
}

async function opened(accessToken: string, graph: string | null): Promise<GateSessionAnswer> {
  const answer = await openSession(accessToken, graph);
  if ('session' in answer) return answer.session;
  throw new Error('Microsoft Graph asks for a sign-in that this one can’t give.');
}
