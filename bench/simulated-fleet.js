// Starts the process that is many gates, and asks it what they see.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { root } from './processes.js';

export async function startFleet(portal, count) {
  const child = fork(`${root}bench/gate-generator.js`, [], { stdio: 'inherit' });
  const exited = once(child, 'exit');
  const ended = exited.then(([code]) => {
    throw new Error(`The load generator ended with ${code}.`);
  });
  ended.catch(() => undefined);
  const ask = async (action, options = {}) => {
    const answered = once(child, 'message');
    child.send({ do: action, ...options });
    const [{ answer, error }] = await Promise.race([answered, ended]);
    if (error !== undefined) throw new Error(`The load generator: ${error}`);
    return answer;
  };
  await ask('prepare', { portalUrl: portal.origin, port: portal.port, count });
  const state = async (since) => {
    const seen = await ask('state', { since });
    if (seen.refused > 0) throw new Error(`${seen.refused} × ${seen.firstProblem}`);
    return seen;
  };
  return {
    pid: child.pid,
    ask,
    /** Throws as soon as the portal answered something that it shouldn't. */
    state,
    /** Waits until the state is as wished. */
    async until(isThere, { since, within = 120_000, what }) {
      const deadline = Date.now() + within;
      for (;;) {
        const seen = await state(since);
        if (isThere(seen)) return seen;
        if (Date.now() > deadline) {
          const { taken, ...rest } = seen;
          const figures = JSON.stringify({ ...rest, taken: taken.length });
          throw new Error(`Not in time: ${what}. ${figures}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    },
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
