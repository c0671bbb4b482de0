import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { api } from '../../contract/api.ts';
import {
  bearer,
  groupId,
  oneGroupEach,
  startBarePortal,
  type BarePortal,
} from '../../testing/bare-portal.ts';

let portal: BarePortal;
beforeAll(async () => {
  portal = await startBarePortal({
    limits: { person: 5, failures: 3, open: 4, recovery: 2 },
    // Plain http is answered to this machine and to proxies that are named.
    env: { GATEHOUSE_TRUST_PROXY: '10.0.0.0/8,2001:db8::/32,192.0.2.0/24' },
  });
});
afterAll(() => portal.close());

describe('the service', () => {
  it('says that it lives and can work', async () => {
    expect((await portal.app.inject('/healthz')).json()).toEqual({ status: 'alive' });
    expect((await portal.app.inject('/readyz')).json()).toEqual({ status: 'ready' });
  });

  it('gives metrics by route, but not through a proxy', async () => {
    await portal.app.inject('/healthz');
    const { body } = await portal.app.inject('/metrics');
    expect(body).toMatch(/duration_seconds_count\{method="GET",route="\/healthz",status="200"\}/u);
    for (const header of ['x-forwarded-for', 'x-forwarded-proto', 'forwarded', 'via']) {
      const proxied = { url: '/metrics', headers: { [header]: '10.0.0.1' } };
      expect((await portal.app.inject(proxied)).statusCode).toBe(404);
    }
  });

  it('gives metrics to this very machine only', async () => {
    const from = async (remoteAddress: string) =>
      (await portal.app.inject({ url: '/metrics', remoteAddress })).statusCode;
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
      expect(await from(address)).toBe(200);
    }
    for (const address of ['10.0.0.1', '2001:db8::1', '::ffff:10.0.0.1']) {
      expect(await from(address)).toBe(404);
    }
    expect(await from('1127.0.0.1')).toBe(403);
  });

  it('counts made-up recovery cookies by address, before it asks the database', async () => {
    const remoteAddress = '192.0.2.9';
    const headers = { cookie: `__Host-gatehouse-recovery=${'x'.repeat(43)}` };
    const codes: string[] = [];
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const answer = await portal.app.inject({ url: '/api/v1/me', headers, remoteAddress });
      codes.push(answer.json<{ code: string }>().code);
    }
    expect(new Set(codes.slice(0, 3))).toEqual(new Set(['recovery_session_ended']));
    expect(codes.slice(3)).toEqual(['too_many_requests', 'too_many_requests']);
  });

  it('lets a good token in from an address where others have failed', async () => {
    await portal.setPortalAccess(oneGroupEach({ admin: groupId(1) }));
    const remoteAddress = '192.0.2.7';
    const me = async (token: string) =>
      (await portal.app.inject({ url: '/api/v1/me', headers: bearer(token), remoteAddress }))
        .statusCode;
    for (let attempt = 0; attempt < 4; attempt += 1) await me(`wrong${attempt}`);
    expect(await me('wrong')).toBe(429);
    const newcomer = await portal.issuer.token({ groups: [groupId(1)] });
    expect([await me(newcomer), await me(newcomer), await me('wrong')]).toEqual([200, 200, 429]);
    const { app } = portal;
    const headers = await portal.recover();
    const recovering = await app.inject({ url: '/api/v1/me', headers, remoteAddress });
    expect(recovering.statusCode).toBe(200);
  });

  it('counts failed sign-ins and open requests by address', async () => {
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const headers = { authorization: `Bearer wrong${attempt}` };
      statuses.push((await portal.app.inject({ url: '/api/v1/me', headers })).statusCode);
    }
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    for (let attempt = 0; attempt < 4; attempt += 1)
      await portal.app.inject('/api/v1/configuration');
    const limited = await portal.app.inject('/api/v1/configuration');
    expect(limited.statusCode).toBe(429);
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
    expect(limited.json()).toMatchObject({ code: 'too_many_requests' });
  });
});

interface OpenApi {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
}
interface Operation {
  readonly operationId: string;
  readonly security: unknown[];
  readonly parameters: { name: string; in: string; required: boolean; schema: object }[];
  readonly requestBody?: { content: Record<string, { schema: object }> };
  readonly responses: Record<string, object>;
}

describe('the OpenAPI document', () => {
  it('describes every endpoint of the contract', async () => {
    const document = (await portal.app.inject('/api/v1/openapi.json')).json<OpenApi>();
    expect(document.openapi).toBe('3.1.0');
    const ids = new Set<string>();
    for (const { method, path, guard, body } of api) {
      const template = `/api/v1${path.replaceAll(/:(\w+)/gu, '{$1}')}`;
      const operation = document.paths[template]?.[method.toLowerCase()];
      if (operation === undefined) throw new Error(`${method} ${template} is missing`);
      ids.add(operation.operationId);
      expect(operation.security.length === 0).toBe(guard === 'public');
      expect(operation.requestBody === undefined).toBe(body === undefined);
      expect(operation.responses).toHaveProperty('default');
      const inPath = operation.parameters.filter((one) => one.in === 'path');
      expect(inPath.map((one) => `{${one.name}}`)).toEqual(template.match(/\{\w+\}/gu) ?? []);
    }
    expect(ids.size).toBe(api.length);
  });

  it('refers to nothing that it doesn’t have', async () => {
    const { body } = await portal.app.inject('/api/v1/openapi.json');
    const document = JSON.parse(body) as Record<string, unknown>;
    for (const [, pointer = ''] of body.matchAll(/"\$ref":"#\/([^"]+)"/gu)) {
      let part: unknown = document;
      for (const name of pointer.split('/')) part = (part as Record<string, unknown>)[name];
      expect([pointer, part]).not.toEqual([pointer, undefined]);
    }
  });
});
