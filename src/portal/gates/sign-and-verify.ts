import { sign, verify, type KeyObject } from 'node:crypto';

/** So many at a time don't hold others up: 40 µs each to sign, 115 to verify. */
const fewAtATime = 2;

let waiting: ((elsewhere: boolean) => void)[] = [];

/**
 * Verifies an Ed25519 signature. A few that come together are done on the spot: the thread pool and
 * the way back take 60 µs of processor time more each. Many go there, side by side, while other
 * requests go on.
 */
export function verifySoon(data: Buffer, key: KeyObject, signature: Buffer): Promise<boolean> {
  return soon(
    () => verify(null, data, key, signature),
    (done) => verify(null, data, key, signature, done),
  );
}

/** Signs with an Ed25519 key: a few on the spot, many side by side, as above. */
export function signSoon(data: Buffer, key: KeyObject): Promise<Buffer> {
  return soon(
    () => sign(null, data, key),
    (done) => sign(null, data, key, done),
  );
}

function soon<T>(
  here: () => T,
  elsewhere: (done: (error: Error | null, result: T) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (waiting.length === 0) setImmediate(doAll);
    waiting.push((areMany) => {
      try {
        if (areMany) elsewhere((error, result) => (error ? reject(error) : resolve(result)));
        else resolve(here());
      } catch (error) {
        reject(error);
      }
    });
  });
}

function doAll(): void {
  const all = waiting;
  waiting = [];
  for (const each of all) each(all.length > fewAtATime);
}
