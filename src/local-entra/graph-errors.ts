import { randomUUID } from 'node:crypto';

/** A refusal in Graph's form: a status, a code that clients may rely on, and words. */
export class GraphError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Record<string, string>;

  constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.name = 'GraphError';
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export function badRequest(message: string, code = 'BadRequest'): GraphError {
  return new GraphError(400, code, message);
}

export function graphErrorBody({ code, message }: GraphError, now: number): object {
  const date = new Date(now).toISOString().slice(0, 19);
  const id = randomUUID();
  return {
    error: { code, message, innerError: { date, 'request-id': id, 'client-request-id': id } },
  };
}
