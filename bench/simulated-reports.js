// When simulated gates report, and what: as src/gate/reporter.ts has it.
import { randomUUID } from 'node:crypto';
import { gatePaths } from '../dist/contract/gate-protocol.js';
import { gateRequest, openConnection, sourceAddress } from './simulated-gates.js';

/** What was said is said again once it was looked so often. */
const lookEvery = 60_000;
const mostLooks = 10;
/** Milliseconds in which a gate gathers what it reports. */
const gathering = 500;

/**
 * Gates report when they start, and again with their clock's offset once they hold their first bundle.
 * After that there is nothing to tell here: other bundles are named by the next requests. The same is
 * said again now and then. `counts` and `problem` are told of what the portal answers.
 */
export function createReporting({ portalUrl, port, counts, problem, isEnding }) {
  const queue = randomUUID();

  /** Over a connection of its own: the other is taken, and undici keeps none so long. */
  function report(gate, afterwards) {
    if (isEnding()) return;
    const body = JSON.stringify({
      software: '1.0.0',
      origin: 'http://localhost:8090',
      queue,
      applied: gate.tag === undefined ? null : { number: gate.number, tag: gate.tag },
      failed: null,
      clockOffset: gate.tag === undefined ? null : 0,
      certificateExpiresAt: null,
      openSessions: 0,
      events: [],
    });
    const again = (milliseconds) => setTimeout(() => report(gate, afterwards), milliseconds);
    let answered = false;
    const connection = openConnection({
      port,
      localAddress: sourceAddress(gate.index),
      onLost: () => {
        if (answered || isEnding()) return;
        counts.lost += 1;
        again(1_000 + Math.random() * 1_000);
      },
    });
    const options = { method: 'POST', path: gatePaths.reports, body };
    connection.ask(gateRequest(gate, portalUrl, options), ({ status, body: text }) => {
      answered = true;
      connection.end();
      if (status === 503) {
        // It says when: after 5 to 30 seconds.
        counts.postponed += 1;
        again(5_000 + Math.random() * 25_000);
      } else {
        if (status === 200) counts.reports += 1;
        else problem(`POST report answered ${status}: ${text.toString().slice(0, 300)}`);
        afterwards();
      }
    });
  }

  return (gate) => {
    const startOfLooks = () => Math.floor((Math.random() * mostLooks) / 2);
    let looks = startOfLooks();
    const lookLater = () => {
      gate.looking = setTimeout(look, lookEvery * (0.75 + 0.25 * Math.random()));
    };
    const send = () => {
      looks = startOfLooks();
      report(gate, lookLater);
    };
    const look = () => {
      if (isEnding()) return;
      looks += 1;
      if (looks < mostLooks) lookLater();
      else send();
    };
    gate.onFirstBundle = () => {
      clearTimeout(gate.looking);
      setTimeout(send, gathering);
    };
    report(gate, lookLater);
  };
}
