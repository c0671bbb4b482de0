import { describe, expect, it } from 'vitest';
import { aadstsExplanations, explainAadsts } from '../../domain/aadsts.ts';
import { aadstsRequest } from './aadsts-request.ts';

const uris = { spa: 'https://gate.example/redirect.html', web: 'https://gate.example/callback' };

function request(code: number, web: string | null = uris.web): string {
  const explained = explainAadsts(code);
  return explained === null ? '' : aadstsRequest(explained, { ...uris, web });
}

describe('aadstsRequest', () => {
  it('can be sent as it is, for every code', () => {
    for (const code of Object.keys(aadstsExplanations).map(Number)) {
      expect(request(code)).toContain(`AADSTS${code}: `);
    }
  });

  it('names the addresses to register, those of the surface', () => {
    expect(request(50_011)).toContain(uris.spa);
    expect(request(50_011)).toContain(uris.web);
    expect(request(50_011, null)).not.toContain('platform Web (');
    expect(request(50_105)).not.toContain(uris.spa);
  });

  it('says who can mend it, unless it is oneself', () => {
    expect(request(50_105)).toContain('by an administrator of Entra ID:');
    expect(request(50_126)).not.toContain('mended by');
  });
});
