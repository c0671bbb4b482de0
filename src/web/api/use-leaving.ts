import { useEffect, useEffectEvent } from 'react';
import { useBlocker, type Blocker } from 'react-router-dom';
import { useRenewal } from './use-renewal.ts';

/**
 * Holds up whoever leaves the page with something entered, until the blocker is answered; where the
 * tab is closed, the browser asks. Not on the way to our own sign-in, behind which a draft is still
 * there. A router has one blocker at a time.
 */
export function useLeaving(edited: () => boolean): Blocker {
  const renewal = useRenewal();
  const ask = useEffectEvent((event: BeforeUnloadEvent) => {
    if (edited() && renewal?.busy !== true) event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: BeforeUnloadEvent) => ask(event);
    addEventListener('beforeunload', listener);
    return () => removeEventListener('beforeunload', listener);
  }, []);
  return useBlocker(
    ({ currentLocation, nextLocation }) =>
      currentLocation.pathname !== nextLocation.pathname && edited(),
  );
}
