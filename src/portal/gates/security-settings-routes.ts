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
  readonly now: () => Date;
}

/** How long sessions at gates last, and how long gates go on without the portal (R15, R16). */
export function securitySettingsRoutes(deps: SecurityRoutesDeps): Routes {
  return (serve) => {
    serve(getSecuritySettings, () => readSecuritySettings(deps.database.db));

    serve(putSecuritySettings, async ({ body, ifMatch, asker, address }) => {
      const { sessionPolicy } = body;
      const change = { sessionPolicy, ifMatch, asker, address, now: deps.now() };
      const answer = await changeSecuritySettings(change, deps);
      deps.gatesChanged();
      return answer;
    });
  };
}
