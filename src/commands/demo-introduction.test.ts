import { describe, expect, it } from 'vitest';
import { demoDirectory } from '../demo/directory.ts';
import { introduction } from './demo-introduction.ts';

describe('introduction', () => {
  const text = introduction({
    portal: 'http://localhost:8090',
    entra: 'http://localhost:8091',
    gates: [],
    directory: demoDirectory({ spaRedirectUris: ['http://localhost:8090/redirect.html'] }),
    dataDir: '.gatehouse',
    recoveryLink: 'http://localhost:8090/recover#token=once',
    seconds: 4.2,
  });

  it('has everything that the form for a web application asks for', () => {
    expect(text).toMatch(/Client ID +3a000000-0000-4000-8000-000000000003\n/u);
    expect(text).toMatch(/Client Secret +local-entra-secret-that-is-valid\n/u);
    expect(text).toMatch(/Redirect URI +http:\/\/localhost:8090\/sign-in\/callback /u);
  });

  it('fits a terminal', () => {
    expect(text.split('\n').filter((line) => line.length > 110)).toEqual([]);
  });
});
