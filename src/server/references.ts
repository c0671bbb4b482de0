import { randomInt } from 'node:crypto';

const length = 8;

/**
 * Ids of requests, to quote and to find in the log: what tells this process from all others, and a
 * number. Short enough to be read out, and cheaper than a UUID for each request.
 */
export function createReferences(): () => string {
  const process = randomInt(36 ** length)
    .toString(36)
    .padStart(length, '0');
  let requests = 0;
  return () => {
    requests += 1;
    return `${process}-${requests.toString(36)}`;
  };
}
