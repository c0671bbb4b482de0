import { open, readFile, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../server/whole-file.ts';
import { GateError } from './gate-error.ts';

/**
 * Keeps a second gate out of a data directory: two of them would number events twice. Resolves to
 * how to give it back; what a killed gate left behind is taken over.
 */
export async function lockFolder(dataDir: string): Promise<() => Promise<void>> {
  const path = join(dataDir, 'gate.pid');
  const file = (await create(path)) ?? (await takeOver(path));
  await file.writeFile(`${process.pid}\n`);
  await file.close();
  return () => rm(path, { force: true });
}

async function create(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'wx', 0o600);
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return null;
    throw error;
  }
}

async function takeOver(path: string): Promise<FileHandle> {
  const holder = Number(await readFile(path, 'utf8').catch(() => ''));
  if (await isGate(holder)) {
    throw new GateError(
      'runs_already',
      `A gate runs on this data directory already (process ${holder}). End that one, or set GATEHOUSE_GATE_DATA_DIR.`,
    );
  }
  await rm(path, { force: true });
  const file = await create(path);
  if (file !== null) return file;
  throw new GateError('runs_already', 'Another gate has just started on this data directory.');
}

/** After a restart of the machine the number may be anybody's. */
async function isGate(pid: number): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (systemCode(error) === 'ESRCH') return false;
  }
  const command = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => 'node');
  return /node|gatehouse|MainThread/u.test(command);
}
