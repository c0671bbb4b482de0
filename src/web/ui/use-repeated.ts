import { useEffect, useEffectEvent } from 'react';

/**
 * Does something again and again while the page is in view: `every` milliseconds, or never (null).
 * Coming back to the page does it at once.
 */
export function useRepeated(work: () => void, every: number | null): void {
  const inView = useEffectEvent(() => {
    if (document.visibilityState === 'visible') work();
  });
  useEffect(() => {
    if (every === null) return undefined;
    const timer = setInterval(() => inView(), every);
    const onShown = () => inView();
    document.addEventListener('visibilitychange', onShown);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', onShown);
    };
  }, [every]);
}
