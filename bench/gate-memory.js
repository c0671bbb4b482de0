// Memory of `gatehouse gate run`: at rest, after 10,000 requests to the console and for decisions, and
// the most that it takes in all, under full load too.
import autocannon from 'autocannon';
import { startBenchGate } from './gate.js';
import { hammer } from './load.js';
import { cpuSeconds, mostMemory, residentMemory } from './processes.js';
import { startNginx, staticPages } from './web-servers.js';

const requests = 10_000;
const restSeconds = 30;

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

export async function benchGateMemory() {
  const ends = [];
  try {
    const pages = await staticPages();
    ends.push(pages.remove);
    const console = await startNginx(
      (port) => `server { listen 127.0.0.1:${port}; root ${pages.folder}; }`,
    );
    ends.push(console.stop);
    const gate = await startBenchGate({ upstream: console.origin });
    ends.push(gate.stop);
    await pause(10);
    const rest = await residentMemory(gate.pid);
    const cpu = await cpuSeconds(gate.pid);
    await pause(restSeconds);
    const restCpu = ((await cpuSeconds(gate.pid)) - cpu) / restSeconds;
    const origin = gate.origin.replace('localhost', '127.0.0.1');
    const headers = { cookie: gate.cookie, host: `localhost:${gate.port}` };
    await ask(`${origin}/page.html`, headers);
    const proxied = await residentMemory(gate.pid);
    const asked = { 'x-original-method': 'GET', 'x-original-uri': '/page.html' };
    await ask(`${origin}/_gatehouse/auth`, { ...headers, ...asked });
    const decided = await residentMemory(gate.pid);
    await pause(restSeconds);
    const after = await residentMemory(gate.pid);
    // As many as it takes: 32 at once, for a quarter of a minute.
    const server = { url: `${origin}/page.html`, pids: async () => [gate.pid] };
    const sent = { Host: headers.host, Cookie: headers.cookie };
    const load = await hammer(server, { connections: 32, duration: 15, headers: sent });
    const most = await mostMemory(gate.pid);
    const unit = 'MB (RSS)';
    return [
      { what: 'gate at rest', value: rest, unit },
      { what: 'its processor time at rest', value: restCpu * 100, unit: '% of a core' },
      { what: 'after 10,000 requests to the console', value: proxied, unit },
      { what: 'after 10,000 decisions more', value: decided, unit },
      { what: 'half a minute later', value: after, unit },
      { what: 'then full load, to the console', value: load.perSecond, unit: 'requests/s' },
      { what: 'the most in all', value: most, unit, aim: 'at most 100 MB', reached: most <= 100 },
    ];
  } finally {
    while (ends.length > 0) await ends.pop()();
  }
}

async function ask(url, headers) {
  const result = await autocannon({ url, headers, amount: requests, connections: 32 });
  if (result['2xx'] !== requests)
    throw new Error(`${url}: ${JSON.stringify(result.statusCodeStats)}`);
}
