import type { Heading } from '../../domain/inventory-columns.ts';
import { shownValue, type SensorRow } from '../../domain/inventory-row.ts';
import { supportsSso } from '../../domain/sensor-version.ts';
import type { Delimiter } from './csv-records.ts';

const delimiterNames: Readonly<Record<Delimiter, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
};

/** How a file was understood, in sentences for the person who imports it. */
export function exportNotes(file: {
  readonly encoding: string;
  readonly delimiter: Delimiter;
  readonly heading: Heading | undefined;
  readonly siteName: string | undefined;
  readonly sensors: readonly SensorRow[];
}): string[] {
  const { encoding, delimiter, heading, siteName, sensors } = file;
  const notes = [`Read as ${encoding}, cells separated by ${delimiterNames[delimiter]}.`];
  const ignored = heading?.ignored ?? [];
  if (ignored.length > 0) {
    const names = ignored.slice(0, 20).map((name) => `"${shownValue(name)}"`);
    notes.push(`Columns that were ignored: ${names.join(', ')}.`);
  }
  if (siteName !== undefined && heading !== undefined) {
    notes.push(
      heading.positions.has('siteName')
        ? `The column "Site" decides; "${siteName}" is the site of rows that name none.`
        : `The file has no column "Site": all sensors belong to "${siteName}".`,
    );
  }
  const unreadable = sensors.filter((sensor) => supportsSso(sensor.version) === null);
  const [first] = unreadable;
  if (first !== undefined) {
    const example = first.version === '' ? 'no version' : `"${shownValue(first.version)}"`;
    notes.push(
      unreadable.length === 1
        ? `The version of one sensor can't be read (row ${first.row}: ${example}): whether it supports SSO isn't known.`
        : `The versions of ${unreadable.length} sensors can't be read (the first in row ${first.row}: ${example}): whether they support SSO isn't known.`,
    );
  }
  return notes;
}
