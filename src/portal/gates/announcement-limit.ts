import { ProblemError } from '../../server/problem-error.ts';

/** A gate changes its key once in a while; whoever has stolen one would keep the portal writing. */
const mostPerHour = 5;
const hour = 3_600_000;

/**
 * Counts the keys that each gate announces at this instance. Throws ProblemError 429 for more than five
 * within an hour.
 */
export function createAnnouncementLimit(now: () => Date): (gateId: string) => void {
  /** When it was, in milliseconds; the gate that announced longest ago comes first. */
  const announced = new Map<string, readonly number[]>();

  return (gateId) => {
    const time = now().getTime();
    for (const [id, times] of announced) {
      if (isRecent(times.at(-1) ?? 0, time)) break;
      announced.delete(id);
    }
    const recent = (announced.get(gateId) ?? []).filter((at) => isRecent(at, time));
    const [first = time] = recent;
    if (recent.length >= mostPerHour) throw tooMany(Math.ceil((first + hour - time) / 1000));
    announced.delete(gateId);
    announced.set(gateId, [...recent, time]);
  };
}

/** A time that lies ahead is of a clock that was set back since. */
function isRecent(at: number, time: number): boolean {
  return at <= time && at > time - hour;
}

function tooMany(seconds: number): ProblemError {
  return new ProblemError(
    429,
    'too_many_requests',
    `This gate has announced too many keys. Wait ${seconds} s.`,
    { headers: { 'retry-after': String(seconds) } },
  );
}
