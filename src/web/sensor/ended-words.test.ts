import { describe, expect, it } from 'vitest';
import { getGateSession } from '../../contract/gate-page.ts';
import { endedWords } from './ended-words.ts';

const reasons = getGateSession.response.shape.ended.unwrap().options;

describe('endedWords', () => {
  it('has words of its own for every reason that a gate answers', () => {
    expect(reasons).toContain('signedOut');
    const titles = reasons.map((reason) => endedWords(reason).title);
    expect(new Set(titles).size).toBe(reasons.length);
  });

  it('says that it is over where it doesn’t know the reason', () => {
    for (const reason of ['struckByLightning', 'toString']) {
      expect(endedWords(reason)).toEqual(endedWords('unknown'));
    }
  });
});
