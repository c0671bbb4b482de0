import { use, useEffect, useState } from 'react';
import type { GroupReference } from '../../domain/group-mapping.ts';
import { GroupSearchContext } from './group-search.ts';

export type GroupSearchState =
  | { readonly kind: 'idle' | 'searching' | 'needsConsent' | 'unavailable' | 'failed' }
  | { readonly kind: 'found'; readonly groups: readonly GroupReference[] };

const idle: GroupSearchState = { kind: 'idle' };

/** Searches while somebody types: after a pause, and only for the newest text. `attempt` repeats it. */
export function useGroupSearch(text: string, attempt: number): GroupSearchState {
  const directory = use(GroupSearchContext);
  const [answer, setAnswer] = useState<{ text: string; state: GroupSearchState }>({
    text: '',
    state: idle,
  });
  const wanted = text.trim();

  useEffect(() => {
    if (wanted.length < 2 || directory === null) return undefined;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      directory.search(wanted, controller.signal).then(
        (state) => setAnswer({ text: `${wanted} ${attempt}`, state }),
        () => {
          if (!controller.signal.aborted) {
            setAnswer({ text: `${wanted} ${attempt}`, state: { kind: 'failed' } });
          }
        },
      );
    }, 250);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [directory, wanted, attempt]);

  if (directory === null) return { kind: 'unavailable' };
  if (wanted.length < 2) return idle;
  return answer.text === `${wanted} ${attempt}` ? answer.state : { kind: 'searching' };
}
