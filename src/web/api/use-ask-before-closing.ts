import { useEffect, useEffectEvent } from 'react';
import { useRenewal } from './use-renewal.ts';

/**
 * The browser asks before the tab is closed with something entered. Not on the way to our own
 * sign-in, behind which the draft is still there.
 */
export function useAskBeforeClosing(edited: () => boolean): void {
  const renewal = useRenewal();
  const ask = useEffectEvent((event: BeforeUnloadEvent) => {
    if (edited() && renewal?.busy !== true) event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: BeforeUnloadEvent) => ask(event);
    addEventListener('beforeunload', listener);
    return () => removeEventListener('beforeunload', listener);
  }, []);
}
