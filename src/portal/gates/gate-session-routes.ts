import {
  endSession as endSessionEndpoint,
  endSessionsOf as endSessionsOfEndpoint,
  listSessions,
} from '../../contract/sessions.ts';
import type { Routes } from '../http/serve.ts';
import { endSession, endSessionsOf, type EndingDeps } from './gate-session-end.ts';
import { findSessions } from './gate-sessions.ts';

export interface GateSessionDeps extends EndingDeps {
  /** Makes gates hear of it at once. */
  readonly gatesChanged: () => void;
}

/** Sessions at gates: seeing them, and ending them before their time. */
export function gateSessionRoutes(deps: GateSessionDeps): Routes {
  return (serve) => {
    serve(listSessions, ({ asker }) => findSessions(deps.database.db, asker, deps.now()));

    serve(endSessionEndpoint, async ({ asker, address, params }) => {
      await endSession(deps, { asker, address }, params.sessionId);
      deps.gatesChanged();
      return undefined;
    });

    serve(endSessionsOfEndpoint, async ({ asker, address, body }) => {
      const ended = await endSessionsOf(deps, { asker, address }, body);
      deps.gatesChanged();
      deps.portalSessions.committed();
      return { ended };
    });
  };
}
