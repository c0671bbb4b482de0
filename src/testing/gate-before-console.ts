import { afterAll, afterEach } from 'vitest';
import type { PlainAnswer } from './plain-requests.ts';
import { startTestConsole, type TestConsole } from './test-console.ts';
import { sampleBundle, startTestGate, type TestGate } from './test-gate.ts';

export interface GateBeforeConsole {
  readonly gate: TestGate;
  readonly behind: TestConsole;
  /** Of the gate, in milliseconds. */
  readonly clock: { readonly now: () => number; readonly pass: (time: number) => void };
  /** A click in the console, by whoever has this cookie. */
  readonly click: (cookie: string) => Promise<PlainAnswer>;
}

/** For the tests of a file. Each finds the sample bundle in force, and the clock right. */
export async function useGateBeforeConsole(): Promise<GateBeforeConsole> {
  let time = Date.now();
  const behind = await startTestConsole();
  const gate = await startTestGate({ upstream: behind.origin, now: () => time });
  afterEach(() => {
    time = Date.now();
    gate.put({ bundle: sampleBundle(gate.issuer.loginUrl), condition: 'inForce' });
  });
  afterAll(async () => {
    await gate.close();
    await behind.close();
  });
  return {
    gate,
    behind,
    clock: {
      now: () => time,
      pass(more) {
        time += more;
      },
    },
    click: (cookie) => gate.ask('/flows', { headers: { cookie } }),
  };
}
