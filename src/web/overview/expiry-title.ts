interface Expiring {
  readonly providerName: string;
  readonly kind: 'secret' | 'certificate';
}

/** `The client secret of “Microsoft” expires in 6 days`; `days`: whole days that are left, 0 when it is over. */
export function expiryTitle({ providerName, kind }: Expiring, days: number): string {
  const what = `The ${kind === 'secret' ? 'client secret' : 'certificate'} of “${providerName}”`;
  if (days === 0) return `${what} has expired`;
  return days === 1 ? `${what} expires within a day` : `${what} expires in ${days} days`;
}
