/** So many tasks run at a time, the others in turn after them. Null: too many wait already. */
export type FewAtATime = <T>(task: () => Promise<T>) => Promise<T> | null;

export function fewAtATime(most: number, mostWaiting: number): FewAtATime {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function inTurn<T>(task: () => Promise<T>): Promise<T> {
    if (running < most) running += 1;
    // Whoever ends hands its place on.
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  }

  return (task) => (waiting.length >= mostWaiting ? null : inTurn(task));
}
