const day = 86_400_000;
/** Days before its end from which on people are told. */
const warned = 30;

/** What is wrong with a certificate, or soon will be, in words; null: nothing, or there is none. */
export function certificateProblem(expiresAt: Date | null, now: number): string | null {
  if (expiresAt === null) return null;
  const left = expiresAt.getTime() - now;
  if (left <= 0) return 'The certificate of this gate has expired: browsers refuse it.';
  const days = Math.floor(left / day);
  if (days >= warned) return null;
  const amount = days === 0 ? 'today' : days === 1 ? 'in 1 day' : `in ${days} days`;
  return `The certificate of this gate expires ${amount}.`;
}
