import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { SessionEndedError } from '../failures.ts';
import { inBackground } from './in-background.ts';

/**
 * Asks again and again while the page is in view: `every` milliseconds, or never (null). That is no
 * use of a session; coming back to the page is, and asks at once.
 */
export function useRefreshed(
  answer: Pick<UseQueryResult, 'error' | 'refetch'>,
  every: number | null,
): void {
  const inView = useEffectEvent((begin: (ask: () => void) => void) => {
    if (document.visibilityState !== 'visible') return;
    begin(() => void answer.refetch({ cancelRefetch: false }));
  });
  const onTick = useEffectEvent(() => {
    // Whoever would rather not sign in again now isn't asked to every few seconds.
    if (!(answer.error instanceof SessionEndedError)) inView(inBackground);
  });
  useEffect(() => {
    if (every === null) return undefined;
    const timer = setInterval(() => onTick(), every);
    const onShown = () => inView((ask) => ask());
    document.addEventListener('visibilitychange', onShown);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onShown);
    };
  }, [every]);
}
