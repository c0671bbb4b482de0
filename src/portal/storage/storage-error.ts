/** What can be wrong with where Gatehouse keeps its state. Stable: scripts and tests compare them. */
export type StorageErrorCode =
  | 'data_directory_not_writable'
  | 'disk_full'
  | 'secret_key_invalid'
  | 'sealed_value_damaged'
  | 'embedded_postgres_unavailable'
  | 'database_unreachable'
  | 'database_authentication_failed'
  | 'database_missing'
  | 'database_permission_denied'
  | 'database_read_only'
  | 'database_wrong_encoding'
  | 'database_too_old'
  | 'database_newer_than_program'
  | 'migration_failed';

/** An error for the operator: `message` says in plain words what is wrong and how to mend it. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly code: StorageErrorCode;

  constructor(code: StorageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The error that says why: drizzle wraps the driver's, and Node lists one for each address tried. */
export function rootCause(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return rootCause(error.errors[0]);
  if (error instanceof Error && !('code' in error) && error.cause) return rootCause(error.cause);
  return error;
}

/** The `code` of a Node or PostgreSQL error (`ENOSPC`, `57P03`), or undefined. */
export function errorCode(error: unknown): string | undefined {
  const cause = rootCause(error);
  if (!(cause instanceof Error) || !('code' in cause)) return undefined;
  return typeof cause.code === 'string' ? cause.code : undefined;
}

/** The message of anything thrown. */
export function reasonOf(error: unknown): string {
  const cause = rootCause(error);
  return cause instanceof Error ? cause.message : String(cause);
}
