// Requests as fast as a server answers them, and what they cost it.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import autocannon from 'autocannon';
import { debianProgram } from './debian.js';
import { cpuMeter, median } from './processes.js';

/** By autocannon. `server`: its address and `pids`, a function to the processes whose time counts. */
export async function load(server, options) {
  const used = await cpuMeter(await server.pids());
  const run = autocannon({ url: server.url, ...options });
  // autocannon itself looks at the clock once a second only, and at milliseconds.
  const started = performance.now();
  let last = started;
  const times = [];
  run.on('response', (client, status, bytes, time) => {
    last = performance.now();
    times.push(time);
  });
  const result = await run;
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(
      `${server.url}: ${result.non2xx} answers other than 2xx, ${result.errors} errors`,
    );
  }
  const requests = result['2xx'];
  return {
    perSecond: requests / ((last - started) / 1000),
    microseconds: ((await used()) / requests) * 1e6,
    p99: percentile(times, 0.99),
  };
}

/**
 * The same by wrk, for servers behind servers: on two cores every microsecond of the client is taken
 * from them, and wrk takes 5 of a request where autocannon takes 12.
 */
export async function hammer(server, { connections, duration, headers = {} }) {
  const program = await debianProgram('wrk', ['wrk']);
  const used = await cpuMeter(await server.pids());
  const options = ['-t1', `-c${connections}`, `-d${duration}s`, '--latency'];
  const lines = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
  const { stdout } = await promisify(execFile)(program, [...options, ...lines, server.url]);
  const wrong = /Non-2xx.*|Socket errors.*/.exec(stdout)?.[0];
  if (wrong !== undefined) throw new Error(`${server.url}: ${wrong}`);
  const [, requests] = /(\d+) requests in/.exec(stdout) ?? [];
  const [, p99, unit] = /99%\s+([\d.]+)(us|ms|s)/.exec(stdout) ?? [];
  return {
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]),
    microseconds: ((await used()) / Number(requests)) * 1e6,
    p99: Number(p99) * { us: 0.001, ms: 1, s: 1000 }[unit],
  };
}

export function percentile(values, share) {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/**
 * All of them in turns, each round beginning with another one, so that a drift of the machine hits
 * all alike. Resolves with the samples of each.
 */
export async function inTurns(times, ...sides) {
  const samples = sides.map(() => []);
  for (let round = 0; round < times; round += 1) {
    for (let turn = 0; turn < sides.length; turn += 1) {
      const side = (round + turn) % sides.length;
      samples[side].push(await sides[side](round));
    }
  }
  return samples;
}

/** Median of the ratios within each round. */
export const ratioOf = (floor, other, figure) =>
  median(other.map((sample, round) => sample[figure] / floor[round][figure]));

/** A row of the table: the median of one figure. */
export function rowOf(what, samples, figure, unit) {
  const values = samples.map((sample) => sample[figure]);
  return { what, value: median(values), unit, samples: values };
}

/** The same with a ratio, and the aim that it is to reach, where there is one. */
export function comparedRow({ what, samples, figure, unit, floor, least, than }) {
  const ratio = ratioOf(floor, samples, figure);
  const row = { ...rowOf(what, samples, figure, unit), ratio };
  if (least === undefined) return row;
  return { ...row, aim: `at least ${least} of ${than}`, reached: ratio >= least };
}
