import { ApiError, OfflineError } from '../failures.ts';

/** A question is asked again when the server was away, at most twice; a refusal stays one. */
export function shouldRetry(failures: number, error: unknown): boolean {
  if (failures >= 2) return false;
  if (error instanceof OfflineError) return true;
  return (
    error instanceof ApiError &&
    [502, 503, 504].includes(error.status) &&
    error.code !== 'keys_unavailable'
  );
}
