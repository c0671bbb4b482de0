import { remember, remembered } from './browser-memory.ts';

/** When the recovery session that was opened in this browser ends; null without one. */
export function recoveryEndsAt(): Date | null {
  const text = remembered('recoveryEndsAt');
  const end = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(end) || end <= Date.now() ? null : new Date(end);
}

/** The cookie that carries the session can't be read here: remember that there is one. */
export function rememberRecovery(endsAt: string | null): void {
  remember('recoveryEndsAt', endsAt);
}
