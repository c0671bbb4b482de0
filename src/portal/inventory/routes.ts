import type { Routes } from '../http/serve.ts';
import type { ImportDeps } from './import-inventory.ts';
import { importRoutes } from './import-routes.ts';
import { readingRoutes, type DeliveryBy } from './reading-routes.ts';

/** Sites and sensors: reading them, and importing the sensor export. */
export function inventoryRoutes(deps: ImportDeps & { readonly deliveryBy: DeliveryBy }): Routes {
  return (serve, app) => {
    readingRoutes(deps.database.db, deps.deliveryBy)(serve, app);
    importRoutes(deps)(serve, app);
  };
}
