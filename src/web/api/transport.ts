import { OfflineError } from '../failures.ts';
import type { PreparedRequest } from './request.ts';

/** An answer as far as the page needs it. `header` is null where the answer doesn't have it. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  header(name: string): string | null;
}

export interface TransportOptions {
  readonly signal?: AbortSignal;
  /** Part of the body that has been sent, 0 to 1. */
  readonly onUploadProgress?: (sent: number) => void;
}

/** Sends a request. OfflineError where no answer comes; an abort stays an abort. */
export async function send(request: PreparedRequest, options: TransportOptions): Promise<Answer> {
  if (options.onUploadProgress !== undefined) return upload(request, options);
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body,
      cache: 'no-store',
      signal: options.signal ?? null,
    });
    const text = await response.text();
    return { status: response.status, text, header: (name) => response.headers.get(name) };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new OfflineError(error, { mayBeDone: request.method !== 'GET' });
  }
}

/** XMLHttpRequest, because fetch tells nothing about what has been sent. */
function upload(request: PreparedRequest, options: TransportOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open(request.method, request.url);
    for (const [name, value] of Object.entries(request.headers)) xhr.setRequestHeader(name, value);
    xhr.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) options.onUploadProgress?.(event.loaded / event.total);
    });
    xhr.addEventListener('load', () =>
      resolve({
        status: xhr.status,
        text: xhr.responseText,
        header: (name) => xhr.getResponseHeader(name),
      }),
    );
    xhr.addEventListener('error', () => reject(new OfflineError(undefined, { mayBeDone: true })));
    xhr.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError')));
    options.signal?.addEventListener('abort', () => xhr.abort());
    xhr.send(request.body);
  });
}
