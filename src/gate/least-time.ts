import { join } from 'node:path';
import { z } from 'zod';
import { readIfThere, writeWholeFile } from '../server/whole-file.ts';
import type { Progress } from './verify-bundle.ts';

/**
 * What time it is at least. A clock that is set back makes nothing last longer: from a time that the
 * portal signed, what has passed since is counted. A clock that is fast for a moment leaves no trace.
 */
export interface LeastTime {
  /** Milliseconds since 1970: the clock's, or what counting comes to, whichever is later. */
  readonly now: () => number;
  /** What counting comes to; null: there was nothing to count from. */
  readonly certain: () => number | null;
  /** It was this time, a moment ago or earlier; takes the place of what was counted before. */
  readonly learn: (time: number) => void;
}

/** `elapsed`: milliseconds by a clock that nobody sets. */
export function createLeastTime(
  clock: () => number,
  elapsed: () => number = () => performance.now(),
): LeastTime {
  let offset: number | null = null;
  const certain = (): number | null => (offset === null ? null : offset + elapsed());
  return {
    now: () => Math.max(clock(), certain() ?? 0),
    certain,
    learn(time) {
      offset = time - elapsed();
    },
  };
}

/** How far a bundle's time had come, by counting. Seconds but for `time`, which is in milliseconds. */
const note = z.object({ number: z.number(), iat: z.number(), time: z.number() });
const noteName = 'time.json';

/** Counts only for the bundle that it was counted from: a later one brings its own time. */
export async function notedTime(folder: string, { number, iat }: Progress): Promise<number> {
  const signed = iat * 1000;
  const text = await readIfThere(join(folder, noteName));
  try {
    const noted = text === null ? null : note.parse(JSON.parse(text));
    return noted?.number === number && noted.iat === iat ? Math.max(noted.time, signed) : signed;
  } catch {
    return signed;
  }
}

export async function noteTime(folder: string, of: Progress, time: number): Promise<void> {
  const { number, iat } = of;
  const text = JSON.stringify({ number, iat, time: Math.floor(time) });
  await writeWholeFile(join(folder, noteName), text, 0o600);
}
