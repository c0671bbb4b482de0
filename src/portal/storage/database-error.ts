import type { StorageErrorCode } from './storage-error.ts';
import { errorCode, reasonOf, StorageError } from './storage-error.ts';

/** Which database, as messages name it, and what to look at when it doesn't answer. */
export interface DatabasePlace {
  name: string;
  remedy: string;
}

/** Turns what the driver threw into words for operators. */
export function databaseError(error: unknown, place: DatabasePlace): StorageError {
  if (error instanceof StorageError) return error;
  const [code, message] = explain(error, place);
  return new StorageError(code, message, { cause: error });
}

function explain(
  error: unknown,
  { name: place, remedy }: DatabasePlace,
): [StorageErrorCode, string] {
  const reason = reasonOf(error);
  const unreachable = (why: string): [StorageErrorCode, string] => [
    'database_unreachable',
    `The database ${place} can't be reached: ${why}`,
  ];
  switch (errorCode(error)) {
    case 'ECONNREFUSED':
    case 'ENOENT':
      return unreachable(`nothing answers there. Is PostgreSQL running? ${remedy}.`);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return unreachable(`that host name isn't known. ${remedy}, and this machine's DNS.`);
    case '28P01':
    case '28000':
      return [
        'database_authentication_failed',
        `The database ${place} refuses the sign-in: ${reason}. ${remedy}: user, password, and pg_hba.conf of the server.`,
      ];
    case '3D000':
      return [
        'database_missing',
        `The server has no database ${place}. Create it (createdb --encoding=UTF8), or check GATEHOUSE_DATABASE_URL.`,
      ];
    case '42501':
      return [
        'database_permission_denied',
        `The database ${place} doesn't let this user do what is needed: ${reason}. Make the user the owner ` +
          'of the database (ALTER DATABASE ... OWNER TO ...).',
      ];
    case '53100':
      return [
        'disk_full',
        `The disk of the database ${place} is full. Free some space on its server.`,
      ];
    case '53300':
      return unreachable('it has no connection left. Raise max_connections on the server.');
    case '57P03':
      return unreachable(`${reason}. Try again in a moment.`);
    case '25006':
      return ['database_read_only', readOnly(place)];
    default:
      return unreachable(
        `${/timeout/.test(reason) ? 'it does not answer in time' : reason}. ${remedy}.`,
      );
  }
}

export function readOnly(place: string): string {
  return `The database ${place} is read-only (a standby?). Use the address of the primary.`;
}

/** A server's database by its address: host, port and name, never the user or the password. */
export function placeOf(url: string): DatabasePlace {
  const remedy = 'Check GATEHOUSE_DATABASE_URL';
  if (!URL.canParse(url)) return { name: 'at GATEHOUSE_DATABASE_URL', remedy };
  const { hostname, port, pathname, searchParams } = new URL(url);
  return { name: `${searchParams.get('host') ?? hostname}:${port || '5432'}${pathname}`, remedy };
}

export function embeddedPlace(dataDir: string): DatabasePlace {
  const remedy =
    'Gatehouse starts its own database again; look for the reason in its log, postgres.log';
  return { name: `in ${dataDir}`, remedy };
}
