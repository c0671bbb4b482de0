import type { z } from 'zod';

const remembered = new WeakMap<object, Buffer | null>();

/** Says that this answer never changes, so that its bytes are made once and sent again. */
export function rememberSerialised<T extends object>(answer: T): T {
  remembered.set(answer, null);
  return answer;
}

/** An answer as JSON, through its schema: what the schema doesn't have isn't sent (R20). */
export function serialise(schema: z.ZodType, answer: unknown): string | Buffer {
  if (typeof answer !== 'object' || answer === null) return JSON.stringify(schema.parse(answer));
  const known = remembered.get(answer);
  if (known !== undefined && known !== null) return known;
  const text = JSON.stringify(schema.parse(answer));
  if (known === null) remembered.set(answer, Buffer.from(text));
  return text;
}
