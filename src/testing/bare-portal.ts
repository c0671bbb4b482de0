import { tmpdir } from 'node:os';
import type { FastifyInstance, InjectOptions } from 'fastify';
import type { GroupMapping } from '../domain/group-mapping.ts';
import { replacePortalAccess } from '../portal/access/portal-access.ts';
import { createPortal, type PortalOptions } from '../portal/app.ts';
import { readConfig } from '../portal/config.ts';
import { createRecoveryLink } from '../portal/main.ts';
import { revisionChannel } from '../portal/storage/revisions.ts';
import { stateRevisions } from '../portal/storage/schema.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';
import { testSecrets } from './test-secrets.ts';
import {
  apiClientId,
  clientId,
  startTokenIssuer,
  tenantId,
  type TokenIssuer,
} from './token-issuer.ts';

/** More than any test asks. */
export const noLimits = { person: 1e6, failures: 1e6, open: 1e6, recovery: 1e6 };

export const publicUrl = 'http://localhost:8080';

export interface BarePortal {
  readonly app: FastifyInstance;
  readonly database: TestDatabase;
  readonly issuer: TokenIssuer;
  /** What it was made of: for another instance of it. */
  readonly portalOptions: PortalOptions;
  readonly setPortalAccess: (permissions: GroupMapping) => Promise<void>;
  readonly recoveryToken: () => Promise<string>;
  /** Opens a recovery session: headers for requests that are made in it. */
  readonly recover: () => Promise<Record<string, string>>;
  readonly close: () => Promise<void>;
}

export interface BarePortalOptions extends Partial<
  Pick<PortalOptions, 'now' | 'limits' | 'secrets' | 'pageFolder' | 'groupsPatience' | 'logger'>
> {
  /** False: no provider in the environment. */
  readonly provider?: boolean;
  readonly loginUrl?: string;
  readonly graphUrl?: string;
  /** What the variables of the environment say besides. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The real portal, with nothing entered, on a database and a token issuer of its own. */
export async function startBarePortal(options: BarePortalOptions = {}): Promise<BarePortal> {
  const { provider = true, loginUrl, graphUrl, env = {}, ...others } = options;
  const [database, issuer] = await Promise.all([createTestDatabase(), startTokenIssuer()]);
  const config = readConfig(
    {
      ...(provider
        ? {
            GATEHOUSE_ENTRA_TENANT_ID: tenantId,
            GATEHOUSE_ENTRA_CLIENT_ID: clientId,
            GATEHOUSE_ENTRA_API_CLIENT_ID: apiClientId,
          }
        : {}),
      GATEHOUSE_ENTRA_LOGIN_URL: loginUrl ?? issuer.loginUrl,
      GATEHOUSE_GRAPH_URL: graphUrl ?? issuer.loginUrl,
      ...env,
    },
    tmpdir(),
  );
  const portalOptions = { config, database, secrets: testSecrets(), ...others };
  const app = await createPortal(portalOptions);
  const now = others.now ?? (() => new Date());

  async function recoveryToken(): Promise<string> {
    const link = await createRecoveryLink(database, publicUrl, now);
    return new URLSearchParams(new URL(link).hash.slice(1)).get('token') ?? '';
  }

  return {
    app,
    database,
    issuer,
    portalOptions,
    recoveryToken,
    async setPortalAccess(permissions) {
      const actor = { kind: 'system', name: 'Test', tenantId: null, objectId: null } as const;
      await untilHeard(database, () =>
        database.db.transaction((tx) => replacePortalAccess(tx, permissions, actor)),
      );
    },
    async recover() {
      const answer = await app.inject(openSession(await recoveryToken()));
      return { cookie: cookieOf(answer.headers['set-cookie']), origin: publicUrl };
    },
    async close() {
      await app.close();
      await database.drop();
      await issuer.close();
    },
  };
}

/**
 * Writes past the portal, and waits until it has heard of it from the database. It listened first, so
 * that it is told first, and has begun to compare before these reads queue behind its own.
 */
async function untilHeard(
  { db, listen }: Pick<TestDatabase, 'db' | 'listen'>,
  write: () => Promise<unknown>,
): Promise<void> {
  let hear = (): void => {};
  const heard = new Promise<void>((resolve) => (hear = resolve));
  const stop = await listen(revisionChannel, () => hear());
  await write();
  await heard;
  stop();
  for (let reads = 0; reads < 2; reads += 1) await db.select().from(stateRevisions);
}

export function openSession(token: string): InjectOptions {
  return {
    method: 'POST',
    url: '/api/v1/recovery-session',
    headers: { origin: publicUrl },
    payload: { token },
  };
}

export function cookieOf(setCookie: string | readonly string[] | undefined): string {
  return String(setCookie).split(';')[0] ?? '';
}

export function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

/** A mapping of one group for each role that is named. */
export function oneGroupEach(groups: Partial<Record<keyof GroupMapping, string>>): GroupMapping {
  const list = (id: string | undefined) =>
    id === undefined ? [] : [{ id, displayName: `Name of ${id}` }];
  return {
    admin: list(groups.admin),
    securityAnalyst: list(groups.securityAnalyst),
    readOnly: list(groups.readOnly),
  };
}

/** A group id out of a small number. */
export function groupId(number: number): string {
  return `10000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}
