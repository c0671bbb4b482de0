import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { getPortalAccess } from '../src/contract/portal-access.ts';

/** An Admin session opened with a recovery link, as its page would use it. */
export interface RecoverySession {
  readonly send: (method: string, path: string, body?: unknown, etag?: string) => Promise<Response>;
  /** Sends a CSV file. `etag` as it is sent, in its quotes. */
  readonly sendFile: (path: string, csv: string, etag?: string) => Promise<Response>;
  /** Makes a change to the portal's state, and answers how to recognise it. */
  readonly leaveMark: () => Promise<string>;
  readonly findMark: (mark: string) => Promise<boolean>;
}

const permissions = getPortalAccess.response.pick({ permissions: true });

export async function openRecoverySession(link: string): Promise<RecoverySession> {
  const { origin, hash } = new URL(link);
  const token = new URLSearchParams(hash.slice(1)).get('token');
  const headers: Record<string, string> = { origin, 'content-type': 'application/json' };
  const send: RecoverySession['send'] = (method, path, body, etag) =>
    fetch(`${origin}/api/v1${path}`, {
      method,
      headers: { ...headers, ...(etag === undefined ? {} : { 'if-match': etag }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const opened = await send('POST', '/recovery-session', { token });
  if (!opened.ok) throw new Error(z.object({ code: z.string() }).parse(await opened.json()).code);
  headers['cookie'] = opened.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');

  return {
    send,
    sendFile: (path, csv, etag) =>
      fetch(`${origin}/api/v1${path}`, {
        method: 'POST',
        headers: {
          ...headers,
          'content-type': 'text/csv',
          ...(etag === undefined ? {} : { 'if-match': etag }),
        },
        body: csv,
      }),
    async leaveMark() {
      const current = await send('GET', '/portal-access');
      const { permissions: before } = permissions.parse(await current.json());
      const mark = randomUUID();
      const readOnly = [...before.readOnly, { id: mark, displayName: 'Left by a test' }];
      const changed = await send(
        'PUT',
        '/portal-access',
        { permissions: { ...before, readOnly } },
        current.headers.get('etag') ?? '',
      );
      if (!changed.ok) throw new Error(await changed.text());
      return mark;
    },
    async findMark(mark) {
      const current = permissions.parse(await (await send('GET', '/portal-access')).json());
      return current.permissions.readOnly.some(({ id }) => id === mark);
    },
  };
}
