import { describe, expect, it } from 'vitest';
import { deliveryWords, webhookAddress } from './webhook-words.ts';

describe('webhookAddress', () => {
  it('is an address of the web, or none', () => {
    expect(webhookAddress(' https://hooks.example/x ')).toBe('https://hooks.example/x');
    expect(webhookAddress('  ')).toBeNull();
    for (const typed of ['hooks.example', 'ftp://hooks.example', 'javascript:alert(1)']) {
      expect(webhookAddress(typed)).toBeUndefined();
    }
  });
});

describe('deliveryWords', () => {
  it('tells every state from the others', () => {
    const states = ['delivered', 'waiting', 'givenUp'] as const;
    expect(new Set(states.map((state) => deliveryWords({ state }))).size).toBe(3);
  });
});
