/** The portal's API as an administrator calls it who has a recovery session. */
export interface PortalApi {
  get<T>(path: string): Promise<Answer<T>>;
  send<T>(method: string, path: string, options?: SendOptions): Promise<Answer<T>>;
  /** Ends the session. */
  close(): Promise<void>;
}

interface Answer<T> {
  readonly body: T;
  /** In its quotes, as `If-Match` wants it. */
  readonly etag: string;
}

interface SendOptions {
  /** An object travels as JSON, a text as CSV. */
  readonly body?: object | string;
  readonly ifMatch?: string;
}

/** Opens a recovery session with a link (R17). Rejects with what the portal says of each failure. */
export async function openPortalApi(origin: string, recoveryLink: string): Promise<PortalApi> {
  const token = new URLSearchParams(new URL(recoveryLink).hash.slice(1)).get('token');
  let cookie = '';
  const call = async (method: string, path: string, options: SendOptions = {}) => {
    const { body, ifMatch } = options;
    const response = await fetch(`${origin}/api/v1${path}`, {
      method,
      headers: {
        origin,
        cookie,
        ...(body === undefined
          ? {}
          : { 'content-type': typeof body === 'string' ? 'text/csv' : 'application/json' }),
        ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
      },
      body: typeof body === 'object' ? JSON.stringify(body) : (body ?? null),
    });
    if (response.ok) return response;
    throw new Error(
      `The portal answered ${response.status} to ${method} ${path}: ${await response.text()}`,
    );
  };
  const send = async <T>(
    method: string,
    path: string,
    options?: SendOptions,
  ): Promise<Answer<T>> => {
    const response = await call(method, path, options);
    const text = await response.text();
    return {
      body: (text === '' ? null : JSON.parse(text)) as T,
      etag: response.headers.get('etag') ?? '',
    };
  };

  const opened = await call('POST', '/recovery-session', { body: { token } });
  cookie = opened.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  return {
    get: (path) => send('GET', path),
    send,
    close: async () => void (await send('DELETE', '/recovery-session')),
  };
}
