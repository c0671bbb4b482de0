import { describe, expect, it } from 'vitest';
import { expiryTitle } from './expiry-title.ts';

describe('expiryTitle', () => {
  it.each([
    ['secret', 6, 'The client secret of “Contoso” expires in 6 days'],
    ['secret', 1, 'The client secret of “Contoso” expires within a day'],
    ['certificate', 0, 'The certificate of “Contoso” has expired'],
  ] as const)('says how long a %s is good (%i)', (kind, days, title) => {
    expect(expiryTitle({ kind, providerName: 'Contoso' }, days)).toBe(title);
  });
});
