import { describe, expect, it } from 'vitest';
import { windowTitle } from './window-title.ts';

describe('windowTitle', () => {
  it('says where the page belongs', () => {
    expect(windowTitle('Troubleshooting', 'ANT-TF-01')).toBe('Troubleshooting · ANT-TF-01');
  });

  it('names a sensor once', () => {
    expect(windowTitle('Sign in to ANT-TF-01', 'ANT-TF-01')).toBe('Sign in to ANT-TF-01');
    expect(windowTitle('Gatehouse', 'Gatehouse')).toBe('Gatehouse');
  });

  it('takes no part of another word for a name', () => {
    expect(windowTitle('Sign in to XANT-01', 'ANT-01')).toBe('Sign in to XANT-01 · ANT-01');
  });
});
