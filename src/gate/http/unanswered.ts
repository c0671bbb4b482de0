/** Questions to the page that may never be answered: then they count as a refusal. */
export interface Unanswered {
  /** `refused` is called when nothing has come within the patience. */
  ask(key: string, refused: () => void): void;
  answered(key: string): void;
}

const most = 1_000;

/** `patience` in milliseconds. */
export function createUnanswered(patience: number): Unanswered {
  const waiting = new Map<string, NodeJS.Timeout>();

  function answered(key: string): void {
    clearTimeout(waiting.get(key));
    waiting.delete(key);
  }

  return {
    answered,
    ask(key, refused) {
      if (waiting.has(key) || waiting.size >= most) return;
      const timer = setTimeout(() => {
        waiting.delete(key);
        refused();
      }, patience);
      waiting.set(key, timer.unref());
    },
  };
}
