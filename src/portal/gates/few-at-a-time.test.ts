import { describe, expect, it } from 'vitest';
import { fewAtATime } from './few-at-a-time.ts';

function heldTask() {
  let end: (error?: Error) => void = () => undefined;
  let began = false;
  return {
    run: () =>
      new Promise<string>((resolve, reject) => {
        began = true;
        end = (error) => (error === undefined ? resolve('done') : reject(error));
      }),
    end: (error?: Error) => end(error),
    began: () => began,
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('few at a time', () => {
  it('begins the next when one has ended, in order, whether it went well or not', async () => {
    const few = fewAtATime(2, 10);
    const tasks = Array.from({ length: 4 }, heldTask);
    const outcomes = tasks.map(async (task) =>
      few(task.run)?.catch((error: Error) => error.message),
    );
    const begun = () => tasks.map((task) => task.began());
    await settled();
    expect(begun()).toEqual([true, true, false, false]);
    tasks[1]?.end(new Error('failed'));
    await settled();
    expect(begun()).toEqual([true, true, true, false]);
    tasks[0]?.end();
    await settled();
    for (const task of tasks.slice(2)) task.end();
    expect(await Promise.all(outcomes)).toEqual(['done', 'failed', 'done', 'done']);
  });

  it('takes no more than may wait, and takes them again later', async () => {
    const few = fewAtATime(1, 1);
    const [first, second, third] = [heldTask(), heldTask(), heldTask()];
    const [one, other] = [few(first.run), few(second.run)];
    expect(few(third.run)).toBeNull();
    first.end();
    await settled();
    second.end();
    expect([await one, await other]).toEqual(['done', 'done']);
    const again = few(third.run);
    third.end();
    expect(await again).toBe('done');
  });
});
