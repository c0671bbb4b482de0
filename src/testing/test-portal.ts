import { randomUUID } from 'node:crypto';
import { apiRoot } from '../contract/endpoint.ts';
import type { GroupMapping } from '../domain/group-mapping.ts';
import { noLimits, startBarePortal, type BarePortal } from './bare-portal.ts';

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

/** A portal whose portal access is entered, and that counts no requests. */
export interface TestPortal extends BarePortal {
  /** The API as somebody in these groups sees it. */
  readonly as: (...groups: readonly string[]) => Promise<Api>;
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
  const portal = await startBarePortal({ limits: noLimits });
  const { app, issuer } = portal;
  const { admin, securityAnalyst, readOnly } = portalGroups;
  await portal.setPortalAccess(
    mapping({ admin: [admin], securityAnalyst: [securityAnalyst], readOnly: [readOnly] }),
  );

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
  return { ...portal, as };
}
