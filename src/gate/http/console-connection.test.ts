import { describe, expect, it } from 'vitest';
import { consoleConnection } from './console-connection.ts';

describe('the certificate of a console', () => {
  it.each(['https://localhost', 'https://127.0.0.1:3000', 'https://127.1.2.3', 'https://[::1]:9'])(
    'is its own on this machine: %s',
    (upstream) => {
      expect(consoleConnection(upstream).rejectUnauthorized).toBe(false);
    },
  );

  it.each([
    'https://localhost.evil.example',
    'https://127.evil.example',
    'https://127.0.0.1.evil.example',
    'https://console.plant.example',
    'https://192.0.2.7',
    'https://[::1:2]',
  ])('is verified elsewhere: %s', (upstream) => {
    expect(consoleConnection(upstream).rejectUnauthorized).toBe(true);
  });
});

describe('the way to a console', () => {
  it.each([
    ['http://192.0.2.7', { isTls: false, hostname: '192.0.2.7', port: 80 }],
    ['https://console.plant.example', { isTls: true, port: 443 }],
    ['http://[::1]:3000', { hostname: '::1', port: 3000 }],
  ])('of %s', (upstream, expected) => {
    expect(consoleConnection(upstream)).toMatchObject(expected);
  });
});
