import { describe, expect, it } from 'vitest';
import { outboundRules } from './outbound-rules.ts';

describe('outboundRules', () => {
  it('names the addresses of the public cloud until a provider is set up', () => {
    expect(outboundRules(null).map((rule) => rule.address)).toEqual([
      'https://graph.microsoft.com',
      'https://login.microsoftonline.com',
    ]);
  });

  it('names those of the cloud that is configured', () => {
    const rules = outboundRules({
      graphUrl: 'https://graph.microsoft.us/v1.0',
      authority: 'https://login.microsoftonline.us/8c0a3c1e-0f5b-4f7e-9c58-0d7f4a1f9b11',
    });
    expect(rules.map((rule) => rule.address)).toEqual([
      'https://graph.microsoft.us',
      'https://login.microsoftonline.us',
    ]);
  });
});
