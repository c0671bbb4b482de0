import { readFile, readlink, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemCode } from '../server/whole-file.ts';
import { GateError } from './gate-error.ts';

/**
 * Keeps a second gate out of a data directory: two of them would number events twice. Resolves to
 * how to give it back; what a killed gate left behind is taken over.
 *
 * The lock is a symbolic link whose target says who holds it: made with what it says in one step, by
 * one of several at once, and on a full disk too.
 */
export async function lockFolder(dataDir: string): Promise<() => Promise<void>> {
  const path = join(dataDir, 'gate.pid');
  const own = (await nameOf(process.pid)) ?? `${process.pid}`;
  await take(path, own);
  return async () => {
    if ((await read(path)) === own) await rm(path, { force: true });
  };
}

/**
 * What nobody holds any more gives way to a link that only one can have made beside it: who has that
 * one alone may put it in the place of what was found.
 */
async function take(path: string, own: string): Promise<void> {
  if (await create(path, own)) return;
  const found = await read(path);
  const pid = await livingHolder(found);
  if (pid !== null) throw runsAlready(`(process ${pid})`);
  const next = `${path}.next`;
  await take(next, own);
  if (found === gone || (await read(path)) !== found) {
    await rm(next, { force: true });
    throw runsAlready('since a moment ago');
  }
  await rename(next, path);
}

async function create(path: string, holder: string): Promise<boolean> {
  try {
    await symlink(holder, path);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    if (systemCode(error) !== 'EROFS' && systemCode(error) !== 'EACCES') throw error;
    throw new GateError(
      'data_folder_unusable',
      `Nothing can be written to ${dirname(path)}: is its disk mounted read-only, or the folder another account’s? A gate keeps its settings and events there.`,
      { cause: error },
    );
  }
}

const gone = Symbol('nothing lies there');

/** Who holds it; null: what lies there is no lock. */
async function read(path: string): Promise<string | null | typeof gone> {
  try {
    return await readlink(path);
  } catch (error) {
    return systemCode(error) === 'ENOENT' ? gone : null;
  }
}

/** The process that a lock names, where that one still runs. */
async function livingHolder(holder: string | null | typeof gone): Promise<number | null> {
  if (typeof holder !== 'string') return null;
  const pid = Number(/^\d+/u.exec(holder)?.[0]);
  return pid > 0 && (await nameOf(pid)) === holder ? pid : null;
}

/**
 * Names a process so that no later one of the same number is taken for it: after a power cut numbers
 * begin anew. Null where there is none.
 */
async function nameOf(pid: number): Promise<string | null> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => null);
  if (boot === null) return isAlive(pid) ? `${pid}` : null;
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (stat === null) return null;
  // After the name, which may have spaces and brackets; field 22 is when it started (proc(5)).
  const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  return `${pid} ${started} ${boot.slice(0, 8)}`;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

function runsAlready(which: string): GateError {
  return new GateError(
    'runs_already',
    `A gate runs on this data directory already ${which}. End that one, or set GATEHOUSE_GATE_DATA_DIR.`,
  );
}
