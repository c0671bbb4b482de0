import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import type { FastifyInstance } from 'fastify';
import { apiRoot } from '../contract/endpoint.ts';
import type { GroupMapping } from '../domain/group-mapping.ts';
import { createPortal, type PortalOptions } from '../portal/app.ts';
import { replacePortalAccess } from '../portal/access/portal-access.ts';
import { readConfig } from '../portal/config.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';
import { testSecrets } from './test-secrets.ts';
import { apiClientId, clientId, startTokenIssuer, tenantId } from './token-issuer.ts';

export interface ApiAnswer {
  readonly status: number;
  readonly etag: string | null;
  /** The parsed body; null for 204. */
  readonly body: unknown;
}

export interface ApiRequest {
  readonly body?: unknown;
  readonly ifMatch?: string;
  /** Sends a body as it is, of this type, in place of JSON. */
  readonly type?: string;
}

export type Api = (
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  request?: ApiRequest,
) => Promise<ApiAnswer>;

export interface TestPortal {
  readonly app: FastifyInstance;
  readonly database: TestDatabase;
  /** What it was made of: for another instance of it. */
  readonly portalOptions: PortalOptions;
  /** The API as somebody in these groups sees it. */
  readonly as: (...groups: readonly string[]) => Promise<Api>;
  readonly close: () => Promise<void>;
}

/** Groups of portal access in every test portal. */
export const portalGroups = {
  admin: '20000000-0000-4000-8000-000000000001',
  securityAnalyst: '20000000-0000-4000-8000-000000000002',
  readOnly: '20000000-0000-4000-8000-000000000003',
};

/** A group mapping in short. */
export function mapping(groups: Partial<Record<keyof GroupMapping, string[]>>): {
  [Role in keyof GroupMapping]: { id: string; displayName: string | null }[];
} {
  const list = (ids: string[] = []) => ids.map((id) => ({ id, displayName: `Group ${id}` }));
  return {
    admin: list(groups.admin),
    securityAnalyst: list(groups.securityAnalyst),
    readOnly: list(groups.readOnly),
  };
}

/** The real portal with a database and a token issuer of its own. Close it in `afterAll`. */
export async function startTestPortal(): Promise<TestPortal> {
  const [database, issuer] = await Promise.all([createTestDatabase(), startTokenIssuer()]);
  const { admin, securityAnalyst, readOnly } = portalGroups;
  const permissions = mapping({
    admin: [admin],
    securityAnalyst: [securityAnalyst],
    readOnly: [readOnly],
  });
  const actor = { kind: 'system', name: 'Test', tenantId: null, objectId: null } as const;
  await database.db.transaction((tx) => replacePortalAccess(tx, permissions, actor));
  const config = readConfig(
    {
      GATEHOUSE_ENTRA_TENANT_ID: tenantId,
      GATEHOUSE_ENTRA_CLIENT_ID: clientId,
      GATEHOUSE_ENTRA_API_CLIENT_ID: apiClientId,
      GATEHOUSE_ENTRA_LOGIN_URL: issuer.loginUrl,
      GATEHOUSE_GRAPH_URL: issuer.loginUrl,
    },
    tmpdir(),
  );
  const limits = { person: 1e6, failures: 1e6, open: 1e6, recovery: 1e6 };
  const portalOptions = { config, database, limits, secrets: testSecrets() };
  const app = await createPortal(portalOptions);

  const as: TestPortal['as'] = async (...groups) => {
    const oid = randomUUID();
    const token = await issuer.token({ groups, oid, sid: oid, uti: oid });
    return async (method, path, { body, ifMatch, type } = {}) => {
      const payload = type === undefined && body !== undefined ? JSON.stringify(body) : body;
      const headers: Record<string, string> = { authorization: `Bearer ${token}` };
      if (payload !== undefined) headers['content-type'] = type ?? 'application/json';
      if (ifMatch !== undefined) headers['if-match'] = `"${ifMatch}"`;
      const answer = await app.inject({
        method,
        url: `${apiRoot}${path}`,
        headers,
        ...(payload === undefined ? {} : { payload: payload as string | Buffer }),
      });
      const etag = answer.headers.etag?.toString().replaceAll('"', '') ?? null;
      return {
        status: answer.statusCode,
        etag,
        body: answer.body === '' ? null : (JSON.parse(answer.body) as unknown),
      };
    };
  };
  return {
    app,
    database,
    portalOptions,
    as,
    async close() {
      await app.close();
      await database.drop();
      await issuer.close();
    },
  };
}
