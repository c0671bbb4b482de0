export interface JsonRequest {
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

export interface JsonAnswer {
  readonly status: number;
  readonly body: unknown;
  /** `WWW-Authenticate`, where it was answered. */
  readonly challenge: string | null;
}

/**
 * GET of a JSON document. Redirects are refused: they could lead away from the configured addresses.
 * Throws when nothing answers in time, or what answers is too large or isn't JSON.
 */
export async function fetchJson(url: string, request: JsonRequest): Promise<JsonAnswer> {
  const response = await fetch(url, {
    headers: { accept: 'application/json', ...request.headers },
    redirect: 'error',
    signal: AbortSignal.timeout(request.timeoutMs),
  });
  const text = await readText(response, request.maxBytes);
  return {
    status: response.status,
    body: text === '' ? null : (JSON.parse(text) as unknown),
    challenge: response.headers.get('www-authenticate'),
  };
}

/** An answer is larger than it may be. */
export class AnswerTooLarge extends Error {}

/** The text of an answer. Throws AnswerTooLarge, or what the connection breaks with. */
export async function readText(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new AnswerTooLarge(`The answer has more than ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
