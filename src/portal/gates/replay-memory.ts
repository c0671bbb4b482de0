/** Remembers what was used, until it can't be used any more. */
export interface ReplayMemory {
  /** False: it was used before. */
  use(id: string, now: Date): boolean;
  readonly size: number;
}

const buckets = 4;

/**
 * Keeps ids for at least so many seconds, in buckets by time that are dropped whole: nothing is
 * looked at twice, however many there are.
 */
export function createReplayMemory(seconds: number): ReplayMemory {
  const width = Math.ceil(seconds / buckets) * 1000;
  let kept: { readonly period: number; readonly ids: Set<string> }[] = [];

  return {
    use(id, now) {
      const period = Math.floor(now.getTime() / width);
      // A clock that is set back finds its bucket gone on ahead: nothing is dropped then.
      if (kept[0] === undefined || period > kept[0].period) {
        kept = [
          { period, ids: new Set() },
          ...kept.filter((one) => one.period >= period - buckets),
        ];
      }
      if (kept.some(({ ids }) => ids.has(id))) return false;
      kept[0]?.ids.add(id);
      return true;
    },
    get size() {
      return kept.reduce((sum, { ids }) => sum + ids.size, 0);
    },
  };
}
