import { describe, expect, it } from 'vitest';
import { createUnanswered } from './unanswered.ts';

describe('a question to the page', () => {
  it('counts as refused, once, when nothing has come after a while', async () => {
    const unanswered = createUnanswered(5);
    const refused: string[] = [];
    unanswered.ask('answered', () => refused.push('answered'));
    unanswered.answered('answered');
    // Timers that hold nobody up need something else that goes on.
    const alive = setInterval(() => undefined, 1_000);
    await new Promise<void>((resolve) => {
      unanswered.ask('left', () => {
        refused.push('left');
        resolve();
      });
      unanswered.ask('left', () => refused.push('again'));
    });
    clearInterval(alive);
    expect(refused).toEqual(['left']);
  });
});
