// A process of its own that is many gates at once. Started by simulated-fleet.js, which tells it what
// to do by messages: `{ do: …, …options }`, each answered by one message.
import { gatePaths, longestWait } from '../dist/contract/gate-protocol.js';
import {
  assertion,
  gateRequest,
  openConnection,
  portalKeys,
  readBundle,
  simulatedGate,
  sourceAddress,
} from './simulated-gates.js';
import { createReporting } from './simulated-reports.js';

/** One in so many bundles has its signature verified; sensor, gate and tag of all are looked at. */
const verifiedEach = 20;

let portalUrl;
let port;
let keys;
let ending = false;
let resting = false;
let reportNowAndThen;
let gates = [];
let times = [];
const counts = {
  asked: 0,
  bundles: 0,
  unchanged: 0,
  verified: 0,
  reports: 0,
  postponed: 0,
  lost: 0,
  refused: 0,
};
let firstProblem = null;

/** Milliseconds since 1970, finely: comparable between the processes of one machine. */
const now = () => performance.timeOrigin + performance.now();

function problem(text) {
  counts.refused += 1;
  firstProblem ??= text;
}

/** Takes what the portal answered to a gate's request for its bundle. False: it was neither. */
function take(gate, { status, etag, body }) {
  if (status === 304) {
    counts.unchanged += 1;
    return true;
  }
  if (status !== 200) {
    problem(`GET bundle answered ${status}: ${body.toString().slice(0, 300)}`);
    return false;
  }
  try {
    const verify = (gate.index + counts.bundles) % verifiedEach === 0;
    const { number, tag } = readBundle(body, gate, verify ? keys : undefined);
    if (verify) counts.verified += 1;
    if (etag !== `"${tag}"`) throw new Error(`ETag is ${etag}, the tag ${tag}.`);
    if (gate.number !== undefined && number < gate.number) {
      throw new Error(`Number ${number} came after ${gate.number}.`);
    }
    Object.assign(gate, { number, tag, etag, heldAt: now() });
    gate.bundles = (gate.bundles ?? 0) + 1;
    counts.bundles += 1;
    return true;
  } catch (error) {
    problem(error.message);
    return false;
  }
}

function requestOf(gate, options) {
  const { etag } = gate;
  const signed = now() - gate.signedAt < 50_000 ? gate.signed : undefined;
  gate.signed = undefined;
  return gateRequest(gate, portalUrl, { path: gatePaths.bundle, etag, signed, ...options });
}

/** A gate on long-poll, over a connection and from an address of its own. */
function longPoll(gate) {
  gate.connection = openConnection({
    port,
    localAddress: sourceAddress(gate.index),
    onLost: () => {
      if (ending) return;
      counts.lost += 1;
      setTimeout(() => longPoll(gate), 500 + Math.random() * 1_000);
    },
  });
  const poll = () => {
    counts.asked += 1;
    // As bundle-loop.ts has it: gates that came together don't come back together.
    const wait = longestWait - Math.floor(Math.random() * 10);
    gate.connection.ask(requestOf(gate, gate.etag === undefined ? {} : { wait }), (answer) => {
      const isFirst = gate.tag === undefined;
      const took = take(gate, answer);
      if (isFirst && took) gate.onFirstBundle();
      if (took) poll();
      else setTimeout(poll, 1_000 + Math.random() * 1_000);
    });
  };
  poll();
}

/**
 * Gates that ask once a minute and wait for nothing, spread evenly over it, by a pool of
 * connections. Times count from when a request was due: a queue before a slow portal is seen.
 */
function plainPolls({ every, connections }) {
  const due = [];
  const idle = [];
  const open = (index) => {
    const connection = openConnection({
      port,
      localAddress: sourceAddress(index),
      onLost: () => {
        if (ending) return;
        counts.lost += 1;
        connection.gone = true;
        setTimeout(() => open(index), 200);
      },
    });
    idle.push(connection);
    serve();
  };
  const serve = () => {
    while (due.length > 0 && idle.length > 0) {
      const connection = idle.pop();
      if (connection.gone) continue;
      const { gate, at } = due.shift();
      counts.asked += 1;
      gate.askedAt = now();
      connection.ask(requestOf(gate, {}), (answer) => {
        if (take(gate, answer)) gate.answeredAt = now();
        times.push(now() - at);
        idle.push(connection);
        serve();
      });
    }
  };
  for (let index = 0; index < connections; index += 1) open(index);
  const started = now();
  let next = 0;
  const tick = () => {
    if (ending || resting) return;
    for (;;) {
      const at = started + (next * every) / gates.length;
      if (at > now()) break;
      due.push({ gate: gates[next % gates.length], at });
      next += 1;
    }
    serve();
    setTimeout(tick, 5);
  };
  tick();
}

const actions = {
  async prepare(options) {
    ({ portalUrl, port } = options);
    keys = await portalKeys(portalUrl, gatePaths.keys);
    const isEnding = () => ending;
    reportNowAndThen = createReporting({ portalUrl, port, counts, problem, isEnding });
    gates = Array.from({ length: options.count }, (_, index) => simulatedGate(index));
  },
  /** Lets gates come at a pace, not all in the same instant. */
  longPoll({ first, count }) {
    for (const gate of gates.slice(first, first + count)) {
      reportNowAndThen(gate);
      longPoll(gate);
    }
  },
  plainPolls,
  /**
   * Real gates have processors of their own: the assertions of their next requests, good for a
   * minute, are signed before a change, so that 10,000 signatures here don't delay what is measured.
   */
  signAhead() {
    for (const gate of gates) {
      gate.signed = assertion(gate, portalUrl, 'GET', gatePaths.bundle);
      gate.signedAt = now();
    }
  },
  state({ since = 0 }) {
    const holding = gates.filter((gate) => gate.etag !== undefined).length;
    const { user, system } = process.cpuUsage();
    const taken = gates.filter((gate) => gate.heldAt > since);
    return {
      ...counts,
      firstProblem,
      holding,
      cpuSeconds: (user + system) / 1e6,
      taken: taken.map(({ index, heldAt }) => [index, heldAt]),
    };
  },
  /** The times of answers since the last call, in milliseconds. */
  times() {
    const taken = times;
    times = [];
    return taken;
  },
  /** No further requests; connections stay. */
  rest() {
    resting = true;
  },
  /** When each gate's last answered request was sent, and when it was answered. */
  lastPolls: () => gates.map(({ id, askedAt, answeredAt }) => [id, askedAt, answeredAt]),
  end() {
    ending = true;
    setTimeout(() => process.exit(0), 100);
  },
};

async function answerTo({ do: action, ...options }) {
  try {
    process.send({ answer: (await actions[action](options)) ?? null });
  } catch (error) {
    process.send({ error: error.stack });
  }
}

process.on('message', (message) => void answerTo(message));
process.on('disconnect', () => process.exit(0));
