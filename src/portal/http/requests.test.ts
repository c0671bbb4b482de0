import type { InjectOptions } from 'fastify';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problem, type Problem } from '../../contract/problem.ts';
import {
  bearer,
  groupId,
  oneGroupEach,
  startBarePortal,
  type BarePortal,
} from '../../testing/bare-portal.ts';

let portal: BarePortal;
let admin: Record<string, string>;
let reader: Record<string, string>;

beforeAll(async () => {
  portal = await startBarePortal();
  await portal.setPortalAccess(oneGroupEach({ admin: groupId(1), readOnly: groupId(2) }));
  admin = bearer(await portal.issuer.token({ groups: [groupId(1)] }));
  reader = bearer(await portal.issuer.token({ groups: [groupId(2)], oid: groupId(99), sid: 'r' }));
});
afterAll(() => portal.close());

type Inject = InjectOptions;

async function refused(options: Inject): Promise<Problem> {
  const answer = await portal.app.inject(options);
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(answer.headers['cache-control']).toBe('no-store');
  const body = problem.parse(answer.json());
  expect(body.status).toBe(answer.statusCode);
  expect(body.type).toBe(`urn:gatehouse:problem:${body.code}`);
  expect(body.reference).toMatch(/^[0-9a-z]{8}-[0-9a-z]+$/u);
  return body;
}

const permissions = {
  admin: [{ id: groupId(1), displayName: 'A' }],
  securityAnalyst: [],
  readOnly: [],
};
const put = (payload: unknown, headers: Record<string, string> = {}): Inject => ({
  method: 'PUT',
  url: '/api/v1/portal-access',
  headers: { ...admin, 'content-type': 'application/json', ...headers },
  payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
});

describe('a request that isn’t right', () => {
  it('is told every field that is wrong, and where', async () => {
    const list = [{ id: 'x', displayName: 'a\u202Eb' }, { displayName: null }];
    const { status, code, errors } = await refused(
      put({ permissions: { admin: list, securityAnalyst: 'no' }, extra: 1 }, { 'if-match': '"1"' }),
    );
    expect([status, code]).toEqual([400, 'invalid_request']);
    const at = new Map(errors?.map(({ path, ...rest }) => [path, rest]));
    expect(at.get('/permissions/admin/0/id')?.message).toContain('must be a GUID');
    expect(at.get('/permissions/admin/0/displayName')?.message).toContain('text-direction');
    expect(at.get('/permissions/admin/1/id')).toEqual({ code: 'required', message: 'is required' });
    expect(at.get('/permissions/readOnly')?.code).toBe('required');
    expect(at.get('/permissions/securityAnalyst')?.code).toBe('invalid_type');
    expect(at.get('/extra')?.code).toBe('unknown_field');
  });

  it.each(['a\u0000b', 'a\nb', 'a\u200Bb', 'x'.repeat(257), '\uD800'])(
    'may not name a group %j',
    async (displayName) => {
      const mapping = { ...permissions, readOnly: [{ id: groupId(3), displayName }] };
      const { errors } = await refused(put({ permissions: mapping }, { 'if-match': '"1"' }));
      expect(errors?.map(({ path }) => path)).toEqual(['/permissions/readOnly/0/displayName']);
    },
  );

  it.each([
    ['not JSON', '{', 'application/json', 400, 'invalid_json'],
    ['empty', '', 'application/json', 400, 'invalid_json'],
    ['a poisoned prototype', '{"__proto__":{"a":1}}', 'application/json', 400, 'invalid_json'],
    ['of another type', 'a=1', 'application/x-www-form-urlencoded', 415, 'unsupported_media_type'],
    ['a file', 'a;b', 'text/csv', 415, 'unsupported_media_type'],
    ['too large', `"${'x'.repeat(2_100_000)}"`, 'application/json', 413, 'body_too_large'],
    ['a bare value', 'null', 'application/json', 400, 'invalid_request'],
  ])('is refused when its body is %s', async (_what, payload, type, status, code) => {
    const answer = await refused(put(payload, { 'content-type': type, 'if-match': '"1"' }));
    expect([answer.status, answer.code]).toEqual([status, code]);
  });

  it('is told how large its body may be', async () => {
    const json = await refused(put(`"${'x'.repeat(2_100_000)}"`, { 'if-match': '"1"' }));
    expect([json.status, json.detail]).toEqual([413, expect.stringContaining('at most 2 MB')]);
    const file = await refused({
      method: 'POST',
      url: '/api/v1/inventory/imports/preview',
      headers: { ...admin, 'content-type': 'text/csv', 'content-length': String(40 * 1024 * 1024) },
      payload: 'a',
    });
    expect([file.status, file.detail]).toEqual([413, expect.stringContaining('at most 32 MB')]);
  });

  it('must say which revision it changes', async () => {
    expect((await refused(put({ permissions }))).status).toBe(428);
    for (const tag of ['*', '1', '"1", "2"', '""']) {
      const answer = await refused(put({ permissions }, { 'if-match': tag }));
      expect([answer.status, answer.code]).toEqual([400, 'invalid_if_match']);
    }
  });

  it.each([
    ['GET', '/api/v1/nothing', 404],
    ['GET', '/api/v1/me/', 404],
    ['POST', '/api/v1/me', 405],
    ['DELETE', '/api/v1/sites/x', 405],
    ['GET', '/nothing', 404],
    ['GET', '/api/v1/sensors?limit=0', 400],
    ['GET', '/api/v1/sensors?limit=1&limit=2', 400],
    ['GET', '/api/v1/sensors?unknown=1', 400],
    ['GET', '/api/v1/me?unknown=1', 400],
    ['GET', '/api/v1/sites/not-a-guid', 400],
    ['GET', '/api/v1/audit-events?before=x', 400],
    ['GET', '/api/v1/%ff', 400],
  ] as const)('%s %s is answered %i', async (method, url, status) => {
    expect((await refused({ method, url, headers: admin })).status).toBe(status);
  });

  it('says which methods there are', async () => {
    const answer = await portal.app.inject({ method: 'PATCH', url: '/api/v1/portal-access' });
    expect([answer.statusCode, answer.headers['allow']]).toEqual([405, 'GET, PUT']);
  });

  it('is refused where the role doesn’t allow it', async () => {
    const answer = await refused({ ...put({ permissions }), headers: reader });
    expect([answer.status, answer.code]).toEqual([403, 'forbidden']);
    expect(answer.details).toEqual({ permission: 'portalAccess.edit' });
  });
});

describe('credentials', () => {
  it.each([
    ['Basic abc', 'invalid_authorization'],
    ['Bearer', 'invalid_authorization'],
    ['Bearer a b', 'invalid_authorization'],
    ['Bearer abc', 'token_malformed'],
    [`Bearer ${'x'.repeat(33_000)}`, 'token_oversized'],
  ])('%s are refused', async (authorization, code) => {
    const headers = { authorization: authorization.slice(0, 40_000) };
    const answer = await portal.app.inject({ url: '/api/v1/me', headers });
    expect([answer.statusCode, problem.parse(answer.json()).code]).toEqual([401, code]);
    expect(answer.headers['www-authenticate']).toContain('Bearer');
  });

  it('tell why a token is refused', async () => {
    const token = await portal.issuer.token({ aud: groupId(1) });
    const answer = await refused({ url: '/api/v1/me', headers: bearer(token) });
    expect([answer.status, answer.code]).toEqual([401, 'token_wrong_audience']);
  });

  it('are taken once: several Authorization headers are refused', async () => {
    const origin = await portal.app.listen({ port: 0, host: '127.0.0.1' });
    const { authorization = '' } = admin;
    const body = await new Promise<string>((resolve, reject) => {
      const headers = [
        'authorization',
        authorization,
        'Authorization',
        'Bearer other',
        'host',
        'x',
      ];
      const asked = httpRequest(`${origin}/api/v1/me`, { headers }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.on('end', () => resolve(text));
      });
      asked.on('error', reject).end();
    });
    const answer = problem.parse(JSON.parse(body));
    expect([answer.status, answer.code]).toEqual([400, 'several_authorization_headers']);
  });
});

describe('an inner failure', () => {
  it('is told by its reference alone', async () => {
    await portal.database.pool.query('alter table sign_ins rename to sign_ins_away');
    try {
      const answer = await refused({ url: '/api/v1/sign-ins', headers: admin });
      expect([answer.status, answer.code]).toEqual([500, 'internal_error']);
      expect(JSON.stringify(answer)).not.toMatch(/sign_ins|select|params/u);
    } finally {
      await portal.database.pool.query('alter table sign_ins_away rename to sign_ins');
    }
  });
});
