/** A column that holds encrypted values (R20). */
export interface SealedColumn {
  readonly table: string;
  readonly idType: 'text' | 'uuid' | 'integer';
  readonly column: string;
  /** What its values are of, for people: one, and several. */
  readonly one: string;
  readonly several: string;
  /** What the value of the row with this id was sealed as. */
  readonly context: (id: string) => string;
}

/**
 * Every column that holds encrypted values: `gatehouse secrets` goes by this list. Their tables have
 * an `id`, and their names begin with `sealed`, by which a test finds one that is missing here.
 */
export const sealedColumns: readonly SealedColumn[] = [
  {
    table: 'gate_signing_keys',
    idType: 'text',
    column: 'sealed_private_key',
    one: 'signing key for gates',
    several: 'signing keys for gates',
    context: (id) => `gate signing key ${id}`,
  },
  {
    table: 'provider_credentials',
    idType: 'uuid',
    column: 'sealed',
    one: 'client secret or certificate',
    several: 'client secrets and certificates',
    context: (id) => `credential ${id}`,
  },
  {
    table: 'portal_sessions',
    idType: 'uuid',
    column: 'sealed_refresh_token',
    one: 'session',
    several: 'sessions',
    context: (id) => `refresh token ${id}`,
  },
  {
    table: 'notification_settings',
    idType: 'integer',
    column: 'sealed_secret',
    one: 'webhook secret',
    several: 'webhook secrets',
    context: () => 'webhook secret',
  },
];
