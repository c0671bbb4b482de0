import { bundleMediaType, gatePaths, longestWait } from '../contract/gate-protocol.ts';
import { createBackOff, pause } from './back-off.ts';
import type { PortalAnswer } from './portal-transport.ts';
import { PortalRefused, type PortalClient } from './portal-client.ts';

export interface BundleLoopOptions {
  readonly client: PortalClient;
  /** Names what this gate holds; null: nothing yet. */
  readonly tag: () => string | null;
  /** True where the bundle came into force. `tag`: what the portal called it. */
  readonly apply: (jws: string, tag: string | null) => Promise<boolean>;
  /** Whether a bundle failed: then it is asked at once whether the portal still wants that one. */
  readonly failing: () => boolean;
  /** The portal has nothing newer than what this gate holds. */
  readonly onUnchanged: () => void;
  readonly onAnswer: () => void;
  readonly onFailure: (error: unknown) => void;
  readonly onRevoked: () => Promise<void>;
  /** From 0 up to 1. */
  readonly random?: () => number;
  readonly pause?: typeof pause;
}

/** A revoked gate asks now and then whether that was all: somebody may have restored a backup. */
const revokedPause = 10 * 60_000;

/**
 * Asks the portal for the bundle for as long as the gate runs: each request is held open until
 * something changes. Resolves once the signal ends it.
 */
export async function followBundle(options: BundleLoopOptions, signal: AbortSignal): Promise<void> {
  const { client, tag, apply, failing, onUnchanged, onAnswer, onFailure, onRevoked } = options;
  const { random = Math.random, pause: wait = pause } = options;
  const backOff = createBackOff(random);

  async function once(): Promise<void> {
    const held = tag();
    // Gates that came at the same moment don't come back at the same moment.
    const seconds = failing() ? 0 : longestWait - Math.floor(random() * 10);
    const answer = await client.send({
      method: 'GET',
      path: gatePaths.bundle,
      headers: {
        accept: bundleMediaType,
        ...(held === null ? {} : { 'if-none-match': `"${held}"` }),
        ...(seconds === 0 ? {} : { prefer: `wait=${seconds}` }),
      },
      timeout: (seconds + 15) * 1000,
      signal,
    });
    onAnswer();
    if (answer.status === 304 && held !== null) {
      onUnchanged();
      return backOff.reset();
    }
    if (await apply(answer.text, tagOf(answer))) return backOff.reset();
    // What was refused would be sent again at once.
    await wait(backOff.next(), signal);
  }

  while (!signal.aborted) {
    try {
      await once();
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof PortalRefused) onAnswer();
      onFailure(error);
      const revoked = error instanceof PortalRefused && error.code === 'gate_revoked';
      if (revoked) await onRevoked();
      const asked = error instanceof PortalRefused ? error.retryAfter : null;
      await wait(revoked ? revokedPause : backOff.next(asked), signal);
    }
  }
}

function tagOf(answer: PortalAnswer): string | null {
  return /^(?:W\/)?"(.*)"$/u.exec(answer.header('etag') ?? '')?.[1] ?? null;
}
