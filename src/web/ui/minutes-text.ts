/** Minutes as people say them: `8 hours`, `1 hour 30 minutes`. */
export function minutesText(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [
    hours === 0 ? '' : `${hours} hour${hours === 1 ? '' : 's'}`,
    rest === 0 && hours > 0 ? '' : `${rest} minute${rest === 1 ? '' : 's'}`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}
