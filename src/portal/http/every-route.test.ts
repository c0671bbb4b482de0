import Fastify, { type RouteOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { api } from '../../contract/api.ts';
import { gateRoot } from '../../contract/gate-protocol.ts';
import { problem } from '../../contract/problem.ts';
import { startBarePortal, type BarePortal } from '../../testing/bare-portal.ts';
import { isPublic, publicRoutes, requireGuards } from './public-routes.ts';
import { requireServed } from './register-endpoint.ts';

let portal: BarePortal;
beforeAll(async () => {
  portal = await startBarePortal();
});
afterAll(() => portal.close());

describe('every registered route', () => {
  it('is guarded, or stands on the one list of public routes', async () => {
    const { registeredRoutes } = portal.app;
    expect(registeredRoutes.length).toBeGreaterThan(api.length);
    for (const route of registeredRoutes) {
      const [method = '', url = ''] = route.split(' ');
      const answer = await portal.app.inject({
        method: method as 'GET',
        url: url.replaceAll(/:[A-Za-z]+/gu, '6f1c8a52-3b1e-4c3d-9d0e-2a7b51c0f9ee'),
      });
      if (isPublic(method, url)) {
        expect.soft(answer.statusCode, route).not.toBe(401);
      } else {
        expect.soft(answer.statusCode, route).toBe(401);
        const code = url.startsWith(gateRoot) ? 'gate_assertion_missing' : 'not_signed_in';
        if (method !== 'HEAD') expect.soft(problem.parse(answer.json()).code).toBe(code);
      }
    }
  });

  it('is one of the contract, or of the service', () => {
    const { registeredRoutes } = portal.app;
    for (const { method, path } of api) {
      expect(registeredRoutes).toContain(`${method} /api/v1${path}`);
    }
    const unused = [...publicRoutes.keys()].filter((route) => !registeredRoutes.includes(route));
    // The page's files are served where it has been built.
    expect(unused.filter((route) => route !== 'GET /assets/*')).toEqual([]);
  });
});

describe('requireGuards', () => {
  it('refuses a route that nobody guards', () => {
    const app = Fastify();
    requireGuards(app);
    const route: RouteOptions = { method: 'GET', url: '/api/v1/secrets', handler: () => 'all' };
    expect(() => app.route(route)).toThrow('neither guarded nor on the list');
    expect(() => app.route({ ...route, config: { guard: 'public' } })).toThrow('neither guarded');
    expect(() => app.route({ ...route, config: { guard: 'signedIn' } })).not.toThrow();
  });
});

describe('requireServed', () => {
  it('names the endpoints that nothing serves', () => {
    expect(() => requireServed(api, new Set(api.slice(1)))).toThrow('GET /configuration');
    expect(() => requireServed(api, new Set(api))).not.toThrow();
  });
});
