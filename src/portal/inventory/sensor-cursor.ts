import { z } from 'zod';
import { ProblemError } from '../../server/problem-error.ts';

/** Where a page of sensors ended: the next begins behind it, whatever was added in between. */
export interface SensorCursor {
  readonly key: string;
  readonly id: string;
}

const shape = z.tuple([z.string().max(400), z.string().max(36)]);

export function writeCursor({ key, id }: SensorCursor): string {
  return Buffer.from(JSON.stringify([key, id])).toString('base64url');
}

/** Opaque to callers: one that we didn't make is an error at `after`. */
export function readCursor(text: string): SensorCursor {
  try {
    const [key, id] = shape.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    return { key, id };
  } catch (cause) {
    throw new ProblemError(400, 'invalid_request', 'The page asked for is not one of this list.', {
      errors: [{ path: '/after', message: 'must be the `next` of an answer', code: 'cursor' }],
      cause,
    });
  }
}
