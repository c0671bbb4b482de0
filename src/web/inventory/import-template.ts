/** Columns of the portal's sensor export, and the site that the export is of. */
export const importColumns = [
  'Site',
  'Sensor name',
  'Sensor type',
  'Zone',
  'Subscription name',
  'Sensor version',
  'Sensor health',
  'Last connected (UTC)',
  'Threat Intelligence version',
  'Threat Intelligence mode',
  'Threat Intelligence update status',
] as const;

export const importTemplateName = 'sensor-inventory.csv';

/** A file with the header row only (RFC 4180), for those who fill it in by hand. */
export function importTemplate(): string {
  return `${importColumns.join(',')}\r\n`;
}
