import { randomUUID } from 'node:crypto';
import type { ImportReport } from '../../contract/inventory-import.ts';
import { changesNothing } from '../../domain/import-plan.ts';
import type { Asker } from '../http/asker.ts';
import { stillAllowed } from '../http/current-asker.ts';
import { actorOf } from '../http/principal.ts';
import { ProblemError, staleRevision } from '../../server/problem-error.ts';
import type { AppendAudit } from '../storage/audit-log.ts';
import type { Database, Transaction } from '../storage/database.ts';
import type { RevisionName } from '../storage/revisions.ts';
import { takeWriteTurn } from '../storage/write-turn.ts';
import { importReport, planOf } from './import-report.ts';
import { readExport } from './read-export.ts';
import { readInventory, readInventoryRevision, storePlan } from './stored-inventory.ts';

export interface ImportDeps {
  readonly database: Pick<Database, 'db'>;
  readonly appendAudit: AppendAudit;
  readonly bumpRevision: (tx: Transaction, name: RevisionName) => Promise<void>;
  /** Makes requests see the change at once: their snapshot is stale. */
  readonly changed: () => void;
}

export interface ImportRequest {
  readonly file: Uint8Array;
  readonly siteName: string | undefined;
}

/** What importing the file would change. Changes nothing. */
export async function previewInventory(
  { database }: Pick<ImportDeps, 'database'>,
  { file, siteName }: ImportRequest,
): Promise<ImportReport> {
  const reading = await readExport(file, siteName);
  return database.db.transaction(
    async (tx) => {
      const revision = await readInventoryRevision(tx);
      const current = await readInventory(tx);
      return importReport(reading, planOf(reading, current, randomUUID), current, revision);
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}

/**
 * Imports the file: all of it, or nothing. Throws `import_has_errors` (422) with the report, and
 * `stale_revision` (412) with the report as it is now where the inventory isn't the one of the
 * preview. A file that changes nothing leaves no trace.
 */
export async function importInventoryFile(
  deps: ImportDeps,
  { file, siteName }: ImportRequest,
  by: { readonly asker: Asker; readonly address: string; readonly revision: string | null },
): Promise<ImportReport> {
  const reading = await readExport(file, siteName);
  const done = await deps.database.db.transaction(async (tx) => {
    const revisions = await takeWriteTurn(tx);
    await stillAllowed(tx, by.asker, revisions, 'inventory.import');
    const revision = revisions.inventory;
    const current = await readInventory(tx);
    const plan = planOf(reading, current, randomUUID);
    const report = importReport(reading, plan, current, revision);
    if (report.errorCount > 0) throw hasErrors(report);
    if (by.revision !== report.revision) throw staleRevision(report);
    if (changesNothing(plan)) return { report, changed: false };

    await storePlan(tx, plan, new Date());
    await deps.bumpRevision(tx, 'inventory');
    const { rows, sites, zones, sensors, notInFile } = report;
    await deps.appendAudit(tx, {
      actor: actorOf(by.asker.principal),
      address: by.address,
      action: 'inventory.imported',
      outcome: 'succeeded',
      subject: `Sensor export with ${rows} sensors`,
      siteIds: [],
      before: { revision },
      after: { revision: revision + 1, rows, sites, zones, sensors, notInFile },
    });
    return { report: { ...report, revision: String(revision + 1) }, changed: true };
  });
  if (done.changed) deps.changed();
  return done.report;
}

function hasErrors(report: ImportReport): ProblemError {
  const many = report.errorCount === 1 ? 'an error' : `${report.errorCount} errors`;
  return new ProblemError(
    422,
    'import_has_errors',
    `The file has ${many}. Nothing was imported: correct the rows and import it again.`,
    { details: { report } },
  );
}
