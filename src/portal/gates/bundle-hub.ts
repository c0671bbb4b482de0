import type { BundleSource, BundleView } from './bundle-source.ts';
import type { Gate } from './gate.ts';
import type { GateDirectory } from './gate-directory.ts';
import type { BundleSigner } from './sign-bundle.ts';
import { createWaitingGates, type WaitOutcome } from './waiting-gates.ts';

export interface SignedBundle {
  readonly tag: string;
  readonly number: number;
  /** Sent as `bundleMediaType`. */
  readonly jws: string;
}

export interface BundleHub {
  /** Names what the gate of this sensor should hold now; null: no live gate. From memory. */
  wantedTag(sensorId: string): string | null;
  /** The number of the bundles that are signed now; null before the first. */
  number(): number | null;
  /** What the gate should hold now. Rejects while the database is away; null for one that is gone. */
  bundleFor(gateId: string): Promise<SignedBundle | null>;
  /** Resolves when the gate should hold something other than `tag`, or after so many seconds. */
  wait(
    gate: Gate,
    tag: string,
    seconds: number,
    whenGone: (listener: () => void) => void,
  ): Promise<WaitOutcome>;
  readonly waiting: number;
  /** Bundles given to gates so far. */
  readonly delivered: number;
  /** Tells those who wait of a new view. */
  follow(view: BundleView): void;
  /**
   * Resolves when all who wait have been told; undefined: they have. Those who were told ask again at
   * once: looking at each first would keep the others waiting twice as long.
   */
  told(): Promise<void> | undefined;
  close(): void;
}

export interface BundleHubOptions {
  readonly source: () => BundleSource;
  readonly directory: GateDirectory;
  readonly signer: BundleSigner;
  readonly now: () => Date;
}

/** So many are answered, or so many milliseconds are spent on looking, before others get their turn. */
const answersAtOnce = 50;
const slice = 10;

/** Gives gates their bundles, at once or when there is another. */
export function createBundleHub(options: BundleHubOptions): BundleHub {
  const { source, directory, signer, now } = options;
  const waiting = createWaitingGates();
  let delivered = 0;
  let latest: BundleView | null = null;
  let telling: Promise<void> | undefined;

  function outcome(view: BundleView, gateId: string, tag: string): WaitOutcome | null {
    const gate = directory.byId(gateId);
    if (gate === null) return 'revoked';
    const wanted = view.tagOf(gate);
    return wanted === null || wanted === tag ? null : 'changed';
  }

  /** In slices: meanwhile others are answered, and a still newer view may come. */
  async function tell(): Promise<void> {
    for (let told: BundleView | null = null; told !== latest;) {
      told = latest;
      if (told === null) return;
      let until = performance.now() + slice;
      let answers = 0;
      for (const one of waiting.all()) {
        const end = outcome(latest ?? told, one.gateId, one.tag);
        if (end !== null) {
          waiting.remove(one);
          // Its bundle is signed as soon as this yields.
          one.end(end);
          answers += 1;
        }
        if (answers === answersAtOnce || performance.now() > until) {
          await nextTurn();
          answers = 0;
          until = performance.now() + slice;
        }
      }
    }
  }

  return {
    wantedTag(sensorId) {
      const gate = directory.ofSensor(sensorId);
      return gate === null ? null : (source().last()?.tagOf(gate) ?? null);
    },
    number: () => source().last()?.number ?? null,
    async bundleFor(gateId) {
      const view = source().current() ?? (await source().fresh());
      const gate = directory.byId(gateId);
      const content = gate === null ? null : view.contentOf(gate);
      const [key] = view.signingKeys;
      if (content === null || key === undefined) return null;
      const jws = signer.sign(content, key, now());
      delivered += 1;
      return { tag: content.tag, number: view.number, jws };
    },
    wait: (gate, tag, seconds, whenGone) =>
      new Promise((resolve) => {
        const one = { gateId: gate.id, sensorId: gate.sensorId, tag, end: resolve };
        waiting.add(one, seconds);
        whenGone(() => waiting.remove(one));
      }),
    get waiting() {
      return waiting.size;
    },
    get delivered() {
      return delivered;
    },
    follow(view) {
      latest = view;
      telling ??= tell().finally(() => {
        telling = undefined;
      });
    },
    told: () => telling,
    close: () => waiting.close(),
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
