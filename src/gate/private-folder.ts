import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCode } from '../server/whole-file.ts';
import { GateError } from './gate-error.ts';

const others = 0o077;

/** Makes a folder for its owner alone, and refuses one that others can look into. */
export async function preparePrivateFolder(folder: string): Promise<void> {
  try {
    await mkdir(dirname(folder), { recursive: true });
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') {
      throw new GateError(
        'data_folder_unusable',
        `${folder} can't be made: ${error instanceof Error ? error.message : String(error)}. ` +
          'Set GATEHOUSE_GATE_DATA_DIR to a folder that this account may write to.',
        { cause: error },
      );
    }
  }
  await requirePrivate(folder, '700');
}

/** Throws where accounts other than the owner can read what lies there. */
export async function requirePrivate(path: string, mode: '600' | '700'): Promise<void> {
  const { mode: found } = await stat(path);
  if ((found & others) === 0) return;
  throw new GateError(
    'readable_by_others',
    `Other accounts of this machine can read ${path}, and who has the key of a gate is the gate. ` +
      `Take that away, and enrol again if somebody may have read it: chmod ${mode} ${path}`,
  );
}
