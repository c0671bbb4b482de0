/** What is left of a time, as a clock shows it: `14:05`, and `0:00` when it is over. Milliseconds. */
export function countdownText(left: number): string {
  const seconds = Math.max(0, Math.ceil(left / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
