import { describe, expect, it } from 'vitest';
import { readCredentials } from './client-authentication.ts';
import { parseParameters } from './parameters.ts';

function basic(pair: string): string {
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

describe('reading client credentials', () => {
  it('takes them from the form', () => {
    const sent = parseParameters('client_id=a&client_secret=b');
    expect(readCredentials(sent, undefined)).toEqual({ clientId: 'a', secret: 'b' });
    expect(readCredentials(new Map(), 'Bearer x')).toEqual({});
  });

  it('decodes them from the header, whatever stands there', () => {
    expect(readCredentials(new Map(), basic('a:b%3Ac+d'))).toEqual({
      clientId: 'a',
      secret: 'b:c d',
    });
    expect(readCredentials(new Map(), basic('a:100%'))).toEqual({ clientId: 'a', secret: '100%' });
  });
});
