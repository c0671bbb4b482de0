import { describe, expect, it } from 'vitest';
import { PartMissingError } from './failures.ts';
import { loadPart } from './load-part.ts';

describe('loadPart', () => {
  it('gives what was loaded', async () => {
    await expect(loadPart(() => Promise.resolve('part'))).resolves.toBe('part');
  });

  it('tells a part that cannot be had from other failures, and keeps the cause', async () => {
    const cause = new TypeError('Failed to fetch dynamically imported module');
    const failed = await loadPart(() => Promise.reject(cause)).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(PartMissingError);
    expect(failed).toHaveProperty('cause', cause);
  });
});
