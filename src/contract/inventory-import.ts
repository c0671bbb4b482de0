import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { line } from './text.ts';

/** The largest file that an import takes, in bytes: about 100,000 sensors. */
export const inventoryFileLimit = 32 * 1024 * 1024;

/** The most sensors that an import takes. */
export const inventoryRowLimit = 200_000;

const rowError = z.object({
  /** Line of the file where the row begins; 1 is the header. */
  row: z.number().int(),
  column: z.string().nullable(),
  value: z.string().nullable(),
  code: z.string(),
  message: z.string(),
});

const change = z.object({
  kind: z.enum(['site', 'zone', 'sensor']),
  action: z.enum(['add', 'change', 'move']),
  name: z.string(),
  /** What changes, such as `Sensor version: 22.3.1 to 24.1.3`. */
  summary: z.string(),
});

const counts = z.object({
  added: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
});

export const importReport = z.object({
  rows: z.number().int(),
  sites: counts,
  zones: counts,
  /** A sensor that stands under another site or zone now counts as changed, and as moved. */
  sensors: counts.extend({ moved: z.number().int() }),
  /** Sensors of the inventory that the file doesn't have; they are left as they are. */
  notInFile: z.number().int(),
  /** The first 200 changes. */
  changes: z.array(change),
  /** The first 200 errors; with any, nothing is imported. */
  errors: z.array(rowError),
  errorCount: z.number().int(),
  /** What was understood of the file, such as columns that were ignored. */
  notes: z.array(z.string()),
  /** Revision of the inventory that the report is about. */
  revision: z.string(),
});

export type ImportReport = z.output<typeof importReport>;

const importQuery = z.strictObject({
  /**
   * The site of every row that names none. The portal's export has no `Site` column: without one in
   * the file this must be given.
   */
  siteName: line(200).optional(),
});

/**
 * The body of both is the file itself, `text/csv`. What is wrong with the file as a whole is a
 * problem document (422: `file_empty`, `file_not_csv`, `file_encoding`, `file_too_many_rows`,
 * `site_required`; 413 above the limit); what is wrong in a row stands in the report.
 */
export const previewImport = defineEndpoint({
  method: 'POST',
  path: '/inventory/imports/preview',
  summary: 'What importing a sensor export would change, with errors by row and column',
  guard: 'inventory.import',
  query: importQuery,
  body: z.instanceof(Uint8Array),
  response: importReport,
});

/**
 * `If-Match` names the revision that the preview was about, so that nobody imports on a changed
 * inventory unseen: 412 with the report as it is now in `details.current`. A file with errors is
 * 422 `import_has_errors`, with the report in `details.report`.
 */
export const importInventory = defineEndpoint({
  method: 'POST',
  path: '/inventory/imports',
  summary: 'Import a sensor export: all of it or nothing',
  guard: 'inventory.import',
  query: importQuery,
  body: z.instanceof(Uint8Array),
  response: importReport,
  revision: 'requires',
});
