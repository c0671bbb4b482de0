import { describe, expect, it } from 'vitest';
import { askedFirst, consoleAddress } from './return-to.ts';

describe('askedFirst', () => {
  it('is the page of the console that was asked for, with its query', () => {
    expect(askedFirst('?return=%2Falerts%3Fopen%3D1%26page%3D2', '')).toBe('/alerts?open=1&page=2');
  });

  it('takes all of what a proxy couldn’t encode', () => {
    expect(askedFirst('?return=/alerts?open=1&page=2', '')).toBe('/alerts?open=1&page=2');
  });

  it('keeps the fragment that the browser carried along', () => {
    expect(askedFirst('?return=%2Fgraph', '#menu_cpu')).toBe('/graph#menu_cpu');
    expect(askedFirst('?return=%2Fgraph%23own', '#other')).toBe('/graph#own');
  });

  it('is nothing without a page', () => {
    expect(askedFirst('', '')).toBeNull();
    expect(askedFirst('', '#x')).toBeNull();
    expect(askedFirst('?return=', '')).toBeNull();
  });

  it.each([
    '?return=https%3A%2F%2Fevil.example%2F',
    '?return=%2F%2Fevil.example',
    '?return=//evil.example',
    '?return=/%5Cevil.example',
    '?return=%2F%5Cevil.example',
    '?return=%2F%09%2Fevil.example',
    '?return=javascript%3Aalert(1)',
  ])('never leads elsewhere: %s', (search) => {
    const address = askedFirst(search, '');
    const origin = 'https://sensor.example';
    expect(new URL(address ?? '/', origin).origin).toBe(origin);
  });
});

describe('consoleAddress', () => {
  it.each(['/_gatehouse', '/_gatehouse/', '/_gatehouse/recover', '/_GATEHOUSE/x'])(
    'isn’t the sign-in page itself: %s',
    (address) => {
      expect(consoleAddress(address)).toBeNull();
    },
  );

  it('is nothing that changes something by a method in its query', () => {
    expect(consoleAddress('/flows?a=1&_method=DELETE')).toBeNull();
    expect(consoleAddress('/flows?_method=GET')).toBe('/flows?_method=GET');
  });

  it('may begin alike', () => {
    expect(consoleAddress('/_gatehouse-docs')).toBe('/_gatehouse-docs');
  });
});
