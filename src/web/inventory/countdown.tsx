import { useEffect, useState } from 'react';
import { countdownText } from './countdown-text.ts';

/** What is left until a time, second by second. `endsAt` in milliseconds since 1970. */
export function Countdown({ endsAt }: { readonly endsAt: number }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <span role="timer" style={{ fontVariantNumeric: 'tabular-nums' }}>
      {countdownText(endsAt - now)}
    </span>
  );
}
