import { join } from 'node:path';
import { z } from 'zod';
import { readIfThere, writeWholeFile } from '../../server/whole-file.ts';
import { storedSession, type GateSession } from './session.ts';

const content = z.object({ gateId: z.string(), sessions: z.array(storedSession).max(10_000) });

/** Keeps sessions over a restart: a gate that is cut off must not sign everybody out by it. */
export interface SessionFile {
  /** Says that sessions were opened or ended (soon), or merely used (later): they will be written. */
  changed(how: 'set' | 'used'): void;
  /** Writes what is still unwritten. Never rejects. */
  flush(): Promise<void>;
}

export interface SessionFileOptions {
  readonly dataDir: string;
  readonly gateId: string;
  readonly sessions: () => readonly GateSession[];
  /** A full disk signs nobody out. */
  readonly onError: (error: unknown) => void;
}

const delays = { set: 2_000, used: 60_000 } as const;

function fileIn(dataDir: string): string {
  return join(dataDir, 'sessions.json');
}

/** What is kept; none where there is no file of this gate, or it can't be read. */
export async function readSessions(
  { dataDir, gateId }: Pick<SessionFileOptions, 'dataDir' | 'gateId'>,
  onError: (error: unknown) => void,
): Promise<GateSession[]> {
  try {
    const text = await readIfThere(fileIn(dataDir));
    if (text === null) return [];
    const kept = content.parse(JSON.parse(text));
    return kept.gateId === gateId ? kept.sessions : [];
  } catch (error) {
    onError(error);
    return [];
  }
}

export function createSessionFile(options: SessionFileOptions): SessionFile {
  const { dataDir, gateId, sessions, onError } = options;
  let due: { readonly at: number; readonly timer: NodeJS.Timeout } | null = null;
  let writing: Promise<void> = Promise.resolve();

  function write(): Promise<void> {
    if (due !== null) clearTimeout(due.timer);
    due = null;
    writing = writing
      .then(() =>
        writeWholeFile(fileIn(dataDir), JSON.stringify({ gateId, sessions: sessions() }), 0o600),
      )
      .catch(onError);
    return writing;
  }

  return {
    changed(how) {
      // Whatever is due comes within that time: this is asked with each request.
      if (how === 'used' && due !== null) return;
      const at = performance.now() + delays[how];
      if (due !== null && due.at <= at) return;
      if (due !== null) clearTimeout(due.timer);
      due = { at, timer: setTimeout(() => void write(), delays[how]).unref() };
    },
    flush: () => (due === null ? writing : write()),
  };
}
