import { verify, type KeyObject } from 'node:crypto';

/** So many at a time don't hold others up: 115 µs each. */
const fewAtATime = 2;

type Verification = (elsewhere: boolean) => void;
let waiting: Verification[] = [];

/**
 * Verifies an Ed25519 signature. A few that come together are verified on the spot: the thread pool
 * and the way back take 60 µs of processor time more each. Many go there, side by side, while other
 * requests go on.
 */
export function verifySoon(data: Buffer, key: KeyObject, signature: Buffer): Promise<boolean> {
  return new Promise((resolve, reject) => {
    if (waiting.length === 0) setImmediate(verifyAll);
    waiting.push((elsewhere) => {
      if (!elsewhere) return resolve(verify(null, data, key, signature));
      verify(null, data, key, signature, (error, good) => (error ? reject(error) : resolve(good)));
    });
  });
}

function verifyAll(): void {
  const all = waiting;
  waiting = [];
  const elsewhere = all.length > fewAtATime;
  for (const each of all) each(elsewhere);
}
