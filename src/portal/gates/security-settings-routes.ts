import { getSecuritySettings, putSecuritySettings } from '../../contract/security.ts';
import type { Routes } from '../http/serve.ts';
import {
  changeSecuritySettings,
  readSecuritySettings,
  type SecurityDeps,
} from './security-settings.ts';

export interface SecurityRoutesDeps extends SecurityDeps {
  /** Makes gates hear of it at once. */
  readonly gatesChanged: () => void;
  /** Makes requests be judged by it at once. */
  readonly changed: () => void;
  readonly now: () => Date;
}

/** How long sessions last, how long gates go on without the portal, and what changes ask for (R15, R16, R19). */
export function securitySettingsRoutes(deps: SecurityRoutesDeps): Routes {
  return (serve) => {
    serve(getSecuritySettings, () => readSecuritySettings(deps.database.db));

    serve(putSecuritySettings, async ({ body, ifMatch, asker, address }) => {
      const { sessionPolicy, stepUpContext } = body;
      const change = { sessionPolicy, stepUpContext, ifMatch, asker, address, now: deps.now() };
      const answer = await changeSecuritySettings(change, deps);
      deps.gatesChanged();
      deps.changed();
      return answer;
    });
  };
}
