import { eq } from 'drizzle-orm';
import type { AccessSnapshot } from '../storage/access-snapshot.ts';
import type { Database } from '../storage/database.ts';
import { revisionChannel } from '../storage/revisions.ts';
import { stateRevisions } from '../storage/schema.ts';
import { bundleContents, type BundleContents, type BundleIngredients } from './bundle-content.ts';
import type { GateDirectoryKeeper } from './gate-directory.ts';
import { readGateState, type GateState, type SigningKeyRow } from './gate-state.ts';

/** What gates should hold, as of one moment. */
export interface BundleView extends BundleContents {
  readonly signingKeys: readonly SigningKeyRow[];
  readonly policy: GateState['policy'];
  /** What the revision `gates` was. */
  readonly revision: number;
}

export interface BundleSource {
  /** What is in force, or null while something has changed that hasn't been read yet. */
  current(): BundleView | null;
  /** The same, read where it must be. Rejects while the database is away. */
  fresh(): Promise<BundleView>;
  /** Reads who the gates are; and the rest, where there is any. Rejects while the database is away. */
  known(): Promise<void>;
  /** The last that was read, which may be out of date by a moment; null: none yet. */
  last(): BundleView | null;
  /** To be called once a change of what `gates` stands for has been committed. */
  changed(): void;
  /** Looks whether another instance has changed something. Never rejects. */
  compare(): Promise<void>;
  close(): void;
}

export interface BundleSourceOptions extends Pick<BundleIngredients, 'issuer' | 'entra'> {
  readonly database: Pick<Database, 'db' | 'listen'>;
  readonly snapshots: {
    readonly current: () => AccessSnapshot | Promise<AccessSnapshot>;
    readonly onChange: (listener: () => void) => () => void;
  };
  readonly directory: GateDirectoryKeeper;
  /** Told of each view that is read. */
  readonly onView: (view: BundleView) => void;
  readonly onError: (error: unknown) => void;
}

const pollEvery = 5_000;
const tryAgainAfter = 1_000;

/**
 * Keeps what gates should hold in memory. Changes of access and inventory are heard of through the
 * snapshots, those of gates here: own ones at once, others when NOTIFY tells or the revision is polled.
 */
export async function createBundleSource(options: BundleSourceOptions): Promise<BundleSource> {
  const { database, snapshots, directory, issuer, entra, onView, onError } = options;
  const { db } = database;
  let view: BundleView | null = null;
  let generation = 0;
  let viewOf = -1;
  let state: GateState | null = null;
  let stateChanges = 0;
  let reading: Promise<BundleView> | null = null;
  let retry: NodeJS.Timeout | undefined;
  let closed = false;
  let said = false;

  async function readState(): Promise<GateState> {
    if (state !== null) return state;
    const marked = stateChanges;
    const answer = await readGateState(db);
    // An answer from before a change may come after that of after it: it would forget a new gate, and
    // bring a revoked one back.
    if (stateChanges === marked) {
      directory.put(answer.gates);
      state = answer;
    }
    return answer;
  }

  /** Reads until nothing has changed meanwhile. */
  async function read(): Promise<BundleView> {
    for (;;) {
      const of = generation;
      const [snapshot, current] = await Promise.all([snapshots.current(), readState()]);
      const contents = bundleContents({ snapshot, state: current, issuer, entra });
      const { signingKeys, policy, revision } = current;
      const fresh = { ...contents, signingKeys, policy, revision };
      view = fresh;
      viewOf = of;
      said = false;
      onView(fresh);
      if (generation === of || closed) return fresh;
    }
  }

  function fresh(): Promise<BundleView> {
    if (view !== null && viewOf === generation) return Promise.resolve(view);
    reading ??= read().finally(() => {
      reading = null;
    });
    return reading;
  }

  /** Who the gates are; and what they should hold, where there is any. */
  async function known(): Promise<void> {
    await readState();
    // The last to be revoked still waits, and must be told.
    if (directory.size > 0 || view !== null) await fresh();
  }

  /** In the background, for those who wait: where it fails, again after a moment. */
  function follow(): void {
    clearTimeout(retry);
    if (closed) return;
    known().catch((error: unknown) => {
      // Once for each time that it is away, and not every second.
      if (!said) onError(error);
      said = true;
      retry = setTimeout(follow, tryAgainAfter).unref();
    });
  }

  function accessChanged(): void {
    generation += 1;
    // Without a gate nobody waits for it.
    if (directory.size > 0) follow();
  }

  function changed(): void {
    generation += 1;
    stateChanges += 1;
    state = null;
    follow();
  }

  async function compare(): Promise<void> {
    try {
      // An own change is told too, while it is being read.
      if (state === null) await reading;
      if (closed) return;
    } catch {
      // Then it is away for the comparison as well.
    }
    const compared = state;
    try {
      if (compared !== null && (await readRevision(db)) === compared.revision) return;
    } catch {
      // Away: what was read counts no more.
    }
    if (state === compared && !closed) changed();
  }

  const stopHearing = snapshots.onChange(accessChanged);
  const stopListening = await database.listen(revisionChannel, (name) => {
    if (name === undefined || name === 'gates') void compare();
  });
  const poll = setInterval(() => void compare(), pollEvery).unref();
  return {
    current: () => (viewOf === generation ? view : null),
    fresh,
    last: () => view,
    known,
    changed,
    compare,
    close() {
      closed = true;
      clearInterval(poll);
      clearTimeout(retry);
      stopListening();
      stopHearing();
    },
  };
}

async function readRevision(db: Database['db']): Promise<number | null> {
  const [row] = await db.select().from(stateRevisions).where(eq(stateRevisions.name, 'gates'));
  return row?.value ?? null;
}
