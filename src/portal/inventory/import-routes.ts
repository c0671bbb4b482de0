import { importInventory, previewImport } from '../../contract/inventory-import.ts';
import type { Routes } from '../http/serve.ts';
import { importInventoryFile, previewInventory, type ImportDeps } from './import-inventory.ts';

/** Preview and import of a sensor export; the body of both is the file. */
export function importRoutes(deps: ImportDeps): Routes {
  return (serve) => {
    serve(previewImport, ({ body, query }) =>
      previewInventory(deps, { file: body, siteName: query.siteName }),
    );

    serve(importInventory, ({ body, query, asker, address, ifMatch }) =>
      importInventoryFile(
        deps,
        { file: body, siteName: query.siteName },
        { asker, address, revision: ifMatch },
      ),
    );
  };
}
