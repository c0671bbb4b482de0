import { describe, expect, it } from 'vitest';
import { isGuid } from './guid.ts';

const id = '6f1c8a52-3b1e-4c3d-9d0e-2a7b51c0f9ee';

describe('isGuid', () => {
  it.each([id, id.toUpperCase()])('knows %s', (text) => {
    expect(isGuid(text)).toBe(true);
  });

  it.each(['', `{${id}}`, ` ${id}`, `${id}\n`, id.replaceAll('-', ''), id.replace('6', 'g')])(
    'takes no %j for one',
    (text) => {
      expect(isGuid(text)).toBe(false);
    },
  );
});
