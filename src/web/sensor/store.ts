export interface Store<State, Event> {
  readonly get: () => State;
  readonly subscribe: (listener: () => void) => () => void;
  readonly send: (event: Event) => void;
}

/** A state machine in the shape of useSyncExternalStore. */
export function createStore<State, Event>(
  start: State,
  next: (state: State, event: Event) => State,
): Store<State, Event> {
  let state = start;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send(event) {
      state = next(state, event);
      for (const listener of listeners) listener();
    },
  };
}
