import { describe, expect, it } from 'vitest';
import type { IncomingMessage } from 'node:http';
import { createHeaderReader } from './client-headers.ts';
import { createRequestHeaders } from './request-headers.ts';

/** What the console gets of these headers of a client, by name. */
function told(...rawHeaders: string[]): string[] {
  const headersFor = createRequestHeaders('https://sensor-07.plant.example', []);
  const socket = { remoteAddress: '192.0.2.7' };
  const request = { rawHeaders, headers: {}, socket } as unknown as IncomingMessage;
  const headers = headersFor(request, {
    headers: createHeaderReader(new Set())(request),
    trusted: false,
    limited: true,
    identity: [],
  });
  return headers.filter((_, at) => at % 2 === 0);
}

const always = ['X-Forwarded-For', 'X-Forwarded-Proto', 'X-Forwarded-Host', 'X-Forwarded-Port'];

describe('what a client says of itself', () => {
  it.each(
    [
      'Client-IP True-Client-IP X-Client-IP X-Cluster-Client-IP CF-Connecting-IP',
      'X-Real-IP X-Forwarded X-Forwarded-User X-Originating-IP X.Client.IP X-Host',
      'X-HTTP-Host-Override X-Original-URL X-Rewrite-URL X-User X-Username X-Auth-User',
      'Remote-User X-Remote-User X-WEBAUTH-USER X-MS-CLIENT-PRINCIPAL-NAME',
      'X-Authenticated-User X-SSL-Client-DN SSL-Client-Cert X-Gatehouse-Role',
      'x.gatehouse.role X_Gatehouse_Role X-Gatehouse-Anything X-HTTP-Method-Override',
      'X-HTTP-Method X-Method-Override x.http.method.override',
    ]
      .join(' ')
      .split(' '),
  )('doesn’t reach the console, which would believe it: %s', (name) => {
    expect(told(name, '127.0.0.1', 'X-Requested-With', 'fetch')).toEqual([
      'host',
      'X-Requested-With',
      ...always,
    ]);
  });

  it.each(['Authorization', 'X-CSRF-Token', 'X-User-Timezone', 'Client-Hints', 'X-Hostname'])(
    'reaches it where it says nothing of that: %s',
    (name) => {
      expect(told(name, '1')).toEqual(['host', name, ...always]);
    },
  );
});
