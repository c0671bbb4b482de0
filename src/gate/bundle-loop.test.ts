import { describe, expect, it } from 'vitest';
import { followBundle, type BundleLoopOptions } from './bundle-loop.ts';
import { PortalRefused } from './portal-client.ts';
import { PortalUnreachable, type PortalAnswer, type PortalRequest } from './portal-transport.ts';

const bundleAnswer = { status: 200, header: () => '"new"', text: 'jws', clockOffset: null };
const unchanged = { ...bundleAnswer, status: 304 };
const unreachable = new PortalUnreachable('tcp_refused', 'Nothing listens there.');

/**
 * Follows a portal that answers so, one after the other and the last for good, until it has paused
 * so often. Resolves to the requests, and the pauses between them in milliseconds.
 */
async function follow(
  pauses: number,
  answers: readonly (PortalAnswer | Error)[],
  options: Partial<BundleLoopOptions> = {},
): Promise<{ requests: PortalRequest[]; paused: number[] }> {
  const ending = new AbortController();
  const requests: PortalRequest[] = [];
  const paused: number[] = [];
  await followBundle(
    {
      client: {
        clockOffset: () => null,
        async send(request) {
          const answer = answers[Math.min(requests.length, answers.length - 1)];
          requests.push(request);
          if (answer === undefined || answer instanceof Error) throw answer ?? unreachable;
          return answer;
        },
      },
      tag: () => 'held',
      apply: async () => true,
      failing: () => false,
      onUnchanged: () => undefined,
      onAnswer: () => undefined,
      onFailure: () => undefined,
      onRevoked: async () => undefined,
      random: () => 1,
      async pause(milliseconds) {
        paused.push(milliseconds);
        if (paused.length >= pauses) ending.abort();
      },
      ...options,
    },
    ending.signal,
  );
  return { requests, paused };
}

describe('a portal that isn’t there', () => {
  it('is asked less and less often, and at once after it has answered', async () => {
    const { paused } = await follow(5, [
      unreachable,
      unreachable,
      unreachable,
      unchanged,
      unreachable,
    ]);
    expect(paused).toEqual([1_000, 2_000, 4_000, 1_000, 2_000]);
  });

  it('isn’t asked by all gates at once', async () => {
    const [soonest, latest] = await Promise.all(
      [0, 1].map((value) => follow(3, [unreachable], { random: () => value })),
    );
    expect(soonest?.paused).toEqual([500, 1_000, 2_000]);
    expect(latest?.paused).toEqual([1_000, 2_000, 4_000]);
  });

  it('is waited for as long as it asked for', async () => {
    const busy = new PortalRefused(503, 'portal_busy', 'Busy.', 30_000);
    expect((await follow(2, [busy])).paused).toEqual([31_000, 31_000]);
  });
});

describe('a request that is held open', () => {
  it('ends at another moment at each gate', async () => {
    const waits = await Promise.all(
      [0, 0.5, 0.99].map(async (value) => {
        const { requests } = await follow(1, [unchanged, unreachable], { random: () => value });
        return requests[0];
      }),
    );
    expect(waits.map((request) => request?.headers?.['prefer'])).toEqual([
      'wait=55',
      'wait=50',
      'wait=46',
    ]);
    // The portal's answer comes before the gate gives up.
    expect(waits.map((request) => request?.timeout)).toEqual([70_000, 65_000, 61_000]);
  });
});

describe('a bundle that can’t be applied', () => {
  it('isn’t fetched again at once, however often it comes', async () => {
    const refused = { apply: async () => false, failing: () => true };
    const { requests, paused } = await follow(4, [bundleAnswer], refused);
    expect(paused).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(requests).toHaveLength(4);
    expect(requests[1]?.headers).not.toHaveProperty('prefer');
  });
});

describe('a revoked gate', () => {
  it('asks every 10 minutes whether that was all, and goes on', async () => {
    const revoked = new PortalRefused(401, 'gate_revoked', 'Revoked.', null);
    let told = 0;
    const { requests, paused } = await follow(3, [revoked, revoked, bundleAnswer, unreachable], {
      async onRevoked() {
        told += 1;
      },
    });
    expect(told).toBe(2);
    expect(paused).toEqual([600_000, 600_000, 1_000]);
    expect(requests).toHaveLength(4);
  });
});
