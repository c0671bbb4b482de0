import type { StorageErrorCode } from './storage-error.ts';
import { errorCode, reasonOf, StorageError } from './storage-error.ts';

const checkAddress = 'Check GATEHOUSE_DATABASE_URL';

/** Turns what the driver threw into words. `place` is "host:port/name", without the password. */
export function databaseError(error: unknown, place: string): StorageError {
  if (error instanceof StorageError) return error;
  const [code, message] = explain(error, place);
  return new StorageError(code, message, { cause: error });
}

function explain(error: unknown, place: string): [StorageErrorCode, string] {
  const reason = reasonOf(error);
  const unreachable = (why: string): [StorageErrorCode, string] => [
    'database_unreachable',
    `The database ${place} can't be reached: ${why}`,
  ];
  switch (errorCode(error)) {
    case 'ECONNREFUSED':
    case 'ENOENT':
      return unreachable(`nothing answers there. Is PostgreSQL running? ${checkAddress}.`);
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return unreachable(`that host name isn't known. ${checkAddress}, and this machine's DNS.`);
    case '28P01':
    case '28000':
      return [
        'database_authentication_failed',
        `The database ${place} refuses the sign-in: ${reason}. ${checkAddress}: user, password, and pg_hba.conf of the server.`,
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
        `${/timeout/.test(reason) ? 'it does not answer in time' : reason}. ${checkAddress}.`,
      );
  }
}

export function readOnly(place: string): string {
  return `The database ${place} is read-only (a standby?). Use the address of the primary.`;
}

/** "host:port/name" of a database address, for messages: never the user or the password. */
export function placeOf(url: string): string {
  if (!URL.canParse(url)) return 'at GATEHOUSE_DATABASE_URL';
  const { hostname, port, pathname, searchParams } = new URL(url);
  return `${searchParams.get('host') ?? hostname}:${port || '5432'}${pathname}`;
}
