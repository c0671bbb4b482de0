import { describe, expect, it } from 'vitest';
import { getSensor, listSensors } from '../../contract/inventory.ts';
import { importInventory } from '../../contract/inventory-import.ts';
import { putPortalAccess } from '../../contract/portal-access.ts';
import { endpointUrl, prepareRequest } from './request.ts';

describe('endpointUrl', () => {
  it('fills the path and escapes what is put there', () => {
    expect(endpointUrl(getSensor.path, { params: { sensorId: 'a/b c' } })).toBe(
      '/api/v1/sensors/a%2Fb%20c',
    );
  });

  it('leaves out what isn’t asked for', () => {
    const query = { search: 'a&b', health: undefined, limit: 50 };
    expect(endpointUrl(listSensors.path, { query })).toBe('/api/v1/sensors?search=a%26b&limit=50');
  });
});

describe('prepareRequest', () => {
  it('sends JSON with the token and the revision that it is based on', () => {
    const request = prepareRequest(putPortalAccess, { body: { a: 1 }, ifMatch: '7' }, 't');
    expect(request).toMatchObject({
      method: 'PUT',
      body: '{"a":1}',
      headers: {
        authorization: 'Bearer t',
        'content-type': 'application/json',
        'if-match': '"7"',
      },
    });
  });

  it('says so only where nobody asked for it', () => {
    const headersOf = (args: { background?: boolean }) =>
      prepareRequest(listSensors, args, null).headers['gatehouse-activity'];
    expect(headersOf({ background: true })).toBe('background');
    expect(headersOf({ background: false })).toBeUndefined();
    expect(headersOf({})).toBeUndefined();
  });

  it('asks a gate where its API lives', () => {
    const endpoint = { method: 'GET', path: '/status' } as const;
    expect(prepareRequest(endpoint, {}, null, '/_gatehouse/api').url).toBe(
      '/_gatehouse/api/status',
    );
  });

  it('sends a file as it is', async () => {
    const request = prepareRequest(importInventory, { body: new Uint8Array([97, 98]) }, null);
    expect(request.headers['content-type']).toBe('text/csv');
    expect(request.headers['authorization']).toBeUndefined();
    expect(await (request.body as Blob).text()).toBe('ab');
  });
});
