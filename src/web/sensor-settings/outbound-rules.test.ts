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
      authorityMetadata: JSON.stringify({
        authorization_endpoint: 'https://login.microsoftonline.us/t/oauth2/v2.0/authorize',
      }),
    });
    expect(rules.map((rule) => rule.address)).toEqual([
      'https://graph.microsoft.us',
      'https://login.microsoftonline.us',
    ]);
  });

  it('says which service to allow, for a stand-in on this machine too', () => {
    const [graph, signIn] = outboundRules({
      graphUrl: 'http://localhost:8081/graph',
      authorityMetadata: '',
    });
    expect([graph?.service, signIn?.service]).toEqual(['HTTP 8081', 'HTTPS 443']);
  });

  it('names the public cloud where the metadata cannot be read', () => {
    const [, signIn] = outboundRules({ graphUrl: 'nowhere', authorityMetadata: '{' });
    expect(signIn?.address).toBe('https://login.microsoftonline.com');
  });
});
