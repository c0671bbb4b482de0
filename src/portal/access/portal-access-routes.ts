import { getPortalAccess, putPortalAccess } from '../../contract/portal-access.ts';
import type { Routes } from '../http/serve.ts';
import {
  changePortalAccess,
  readPortalAccess,
  type PortalAccessDependencies,
} from './portal-access.ts';

export interface PortalAccessRoutesDependencies extends PortalAccessDependencies {
  readonly changed: () => void;
}

/** Which groups have which role in the portal. */
export function portalAccessRoutes(dependencies: PortalAccessRoutesDependencies): Routes {
  return (serve) => {
    serve(getPortalAccess, () => readPortalAccess(dependencies.database));

    serve(putPortalAccess, async ({ body, ifMatch, asker, address }) => {
      const { permissions } = body;
      const answer = await changePortalAccess(
        { permissions, ifMatch, asker, address },
        dependencies,
      );
      dependencies.changed();
      return answer;
    });
  };
}
