/**
 * Does something when it is asked to, but at most once in so many milliseconds: what comes in
 * between is left out, as `interval` is as exact as it has to be.
 */
export function atMostEvery(interval: number, now: () => number, work: () => void): () => void {
  let last = -Infinity;
  return () => {
    if (now() - last < interval) return;
    last = now();
    work();
  };
}
