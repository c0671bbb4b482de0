import { describe, expect, it } from 'vitest';
import { responseHeaders } from './response-headers.ts';

const origins = {
  upstream: 'http://127.0.0.1:3000',
  publicUrl: 'https://sensor-07.plant.example',
} as const;
const passed = (...raw: string[]) => responseHeaders(raw, origins);

describe('the headers of the console’s answer', () => {
  it.each([
    ['Set-Cookie', '__Host-gatehouse-0123456789ab=evil; Path=/; Secure'],
    ['set-cookie', '  __HOST-Gatehouse-0123456789ab=; Max-Age=0'],
    ['Set-Cookie', '=__Host-gatehouse-0123456789ab=evil; Path=/; Secure'],
    ['Clear-Site-Data', '"cookies"'],
    ['clear-site-data', '"cache", "*"'],
    ['Clear-Site-Data', '"storage"'],
    ['Service-Worker-Allowed', '/'],
    ['Alt-Svc', 'h2="console.plant.example:3000"'],
    ['Transfer-Encoding', 'chunked'],
  ])('don’t end sessions, set Gatehouse’s cookies or lead past the gate: %s: %s', (name, value) => {
    expect(passed(name, value, 'X-Own', '1')).toEqual(['X-Own', '1']);
  });

  it.each([
    ['Set-Cookie', 'session=1; Path=/'],
    ['Location', 'https://elsewhere.example/'],
  ])('are otherwise the console’s: %s: %s', (name, value) => {
    expect(passed(name, value)).toEqual([name, value]);
  });
});
