// From the provider's answer to the session, on the server: the code is redeemed, the id token
// checked, the session stored. 50 browsers at once, an address each. The provider runs in this
// process, so that its token endpoint is asked by the same client for comparison.
import { Agent } from 'node:http';
import { text } from 'node:stream/consumers';
import { inTurns, percentile, rowOf } from './load.js';
import { startBenchPortal } from './portal.js';
import { cpuMeter, freePort, median, postgresOn } from './processes.js';
import { activateWebProvider, beginSignIn, send, startWebProvider } from './web-provider.js';

const rounds = 5;
const browsers = 50;
const each = 10;

export async function benchSignIn() {
  const provider = await startWebProvider();
  const portal = await startBenchPortal(await freePort(), provider);
  const agents = Array.from({ length: browsers }, () => new Agent({ keepAlive: true }));
  try {
    const providerId = await activateWebProvider(portal, provider);
    // Further down than 127.0.0.1, whose requests were counted while the portal was set up.
    const from = (browser, round) => `127.0.${1 + (round % 200)}.${1 + browser}`;

    async function signIns(round) {
      const begun = await atOnce((browser) => {
        const options = { from: from(browser, round), agent: undefined };
        return inSeries(() => beginSignIn(portal, provider, providerId, options));
      });
      return measured(
        [portal.pid, ...(await postgresOn(portal.dataDir))],
        async (browser, index) => {
          const { path, cookie } = begun[browser][index];
          const options = {
            headers: { cookie },
            from: from(browser, round),
            agent: agents[browser],
          };
          const { location } = await send(portal, { path, ...options });
          if (!location.startsWith('/sign-in/complete')) throw new Error(location);
        },
      );
    }

    const tokens = () =>
      measured([portal.pid], async () => {
        const form = new URLSearchParams({ code: provider.codeFor('nonce') });
        const response = await fetch(provider.tokenUrl, { method: 'POST', body: form });
        if (!response.ok) throw new Error(String(response.status));
        await text(response.body);
      });

    await signIns(rounds);
    await tokens();
    const [floor, answers] = await inTurns(rounds, tokens, signIns);
    const ratio = (figure) =>
      median(answers.map((sample, round) => sample[figure] / floor[round][figure]));
    const row = (what, figure, unit) => ({
      ...rowOf(what, answers, figure, unit),
      ratio: ratio(figure),
    });
    return [
      rowOf('token endpoint alone, 50 at once, p50', floor, 'p50', 'ms'),
      rowOf('token endpoint alone, 50 at once, p99', floor, 'p99', 'ms'),
      rowOf('token endpoint alone', floor, 'perSecond', 'requests/s'),
      row('callback to session, 50 at once, p50', 'p50', 'ms'),
      row('callback to session, 50 at once, p99', 'p99', 'ms'),
      row('callback to session', 'perSecond', 'sign-ins/s'),
      rowOf('processor time, portal and database', answers, 'milliseconds', 'ms/sign-in'),
    ];
  } finally {
    for (const agent of agents) agent.destroy();
    await portal.stop();
    provider.close();
  }
}

const atOnce = (run) => Promise.all(Array.from({ length: browsers }, (_, browser) => run(browser)));

async function inSeries(run) {
  const answers = [];
  for (let index = 0; index < each; index += 1) answers.push(await run(index));
  return answers;
}

async function measured(pids, run) {
  const times = [];
  const used = await cpuMeter(pids);
  const started = performance.now();
  await atOnce((browser) =>
    inSeries(async (index) => {
      const asked = performance.now();
      await run(browser, index);
      times.push(performance.now() - asked);
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  return {
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    perSecond: times.length / seconds,
    milliseconds: ((await used()) / times.length) * 1000,
  };
}
