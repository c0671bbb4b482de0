// A download of 1 GiB through the gate's proxy against direct from the nginx behind it: throughput,
// and what memory the gate takes meanwhile. (Small pages through the proxy: gate-auth.js.)
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { startBenchGate } from './gate.js';
import { comparedRow, inTurns, rowOf } from './load.js';
import { cpuSeconds, median, residentMemory } from './processes.js';
import { startNginx, staticPages } from './web-servers.js';

const bytes = 1024 ** 3;
const rounds = 5;

export async function benchGateProxy() {
  const ends = [];
  try {
    const pages = await staticPages();
    ends.push(pages.remove);
    // Sparse: its zeros are in nobody's way on a disk.
    const file = await open(join(pages.folder, 'capture.pcap'), 'w', 0o644);
    await file.truncate(bytes);
    await file.close();
    const console = await startNginx(
      (port) => `server { listen 127.0.0.1:${port}; root ${pages.folder}; }`,
    );
    ends.push(console.stop);
    const gate = await startBenchGate({ upstream: console.origin });
    ends.push(gate.stop);
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    const before = await residentMemory(gate.pid);
    const direct = () => download({ port: console.port, host: `127.0.0.1:${console.port}` });
    const through = () => downloadThrough(gate);
    await direct();
    await through();
    const [floor, proxied] = await inTurns(rounds, direct, through);
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    return rowsOf({ before, floor, proxied, after: await residentMemory(gate.pid) });
  } finally {
    while (ends.length > 0) await ends.pop()();
  }
}

async function downloadThrough(gate) {
  const samples = [];
  const look = async () => void samples.push(await residentMemory(gate.pid));
  const watch = setInterval(() => void look(), 50);
  try {
    const cpu = await cpuSeconds(gate.pid);
    const { port, cookie } = gate;
    const result = await download({ port, host: `localhost:${port}`, cookie });
    return { ...result, cpu: (await cpuSeconds(gate.pid)) - cpu, peak: Math.max(...samples) };
  } finally {
    clearInterval(watch);
  }
}

/** Megabytes a second; nothing is kept, and nothing but the amount looked at. */
async function download({ port, host, cookie }) {
  const started = performance.now();
  let received = 0;
  let head = '';
  const socket = connect({
    host: '127.0.0.1',
    port,
    onread: {
      buffer: Buffer.alloc(256 * 1024),
      callback(length, buffer) {
        if (received === 0) head = buffer.latin1Slice(0, Math.min(length, 2_000));
        received += length;
        return true;
      },
    },
  });
  const lines = [
    'GET /capture.pcap HTTP/1.1',
    `Host: ${host}`,
    'Connection: close',
    ...(cookie === undefined ? [] : [`Cookie: ${cookie}`]),
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  await once(socket, 'close');
  if (!head.startsWith('HTTP/1.1 200') || received < bytes) {
    throw new Error(`${received} bytes came of ${bytes}: ${head}`);
  }
  return { perSecond: bytes / 1e6 / ((performance.now() - started) / 1000) };
}

function rowsOf({ before, floor, proxied, after }) {
  const peak = Math.max(...proxied.map((sample) => sample.peak));
  const growth = Math.max(median(proxied.map((sample) => sample.peak)), after) - before;
  return [
    rowOf('1 GiB from nginx directly', floor, 'perSecond', 'MB/s'),
    comparedRow({
      what: '1 GiB through the gate',
      samples: proxied,
      figure: 'perSecond',
      unit: 'MB/s',
      floor,
    }),
    rowOf('processor time of the gate for it', proxied, 'cpu', 's'),
    { what: 'gate before', value: before, unit: 'MB (RSS)' },
    { what: 'gate meanwhile, the most', value: peak, unit: 'MB (RSS)' },
    {
      what: 'gate after',
      value: after,
      unit: 'MB (RSS)',
      aim: 'flat: at most 32 MB more than before',
      reached: growth <= 32,
    },
  ];
}
