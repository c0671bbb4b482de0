import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A JSON value that outlives a restart where there is a data directory, and else doesn't. */
export interface StateFile<T> {
  read: () => Promise<T | undefined>;
  write: (value: T) => Promise<void>;
}

/**
 * Only the owner may read the file, since it holds keys; and it is replaced whole, so that a kill
 * in the middle of a write leaves the old one. What can't be read back counts as absent: the worst
 * that follows is a new sign-in.
 */
export function stateFile<T>(dataDir: string | undefined, name: string): StateFile<T> {
  if (dataDir === undefined) {
    return { read: () => Promise.resolve(undefined), write: () => Promise.resolve() };
  }
  const path = join(dataDir, name);
  let last = Promise.resolve();
  const replace = async (text: string): Promise<void> => {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(`${path}.new`, text, { mode: 0o600 });
    await rename(`${path}.new`, path);
  };
  return {
    async read() {
      try {
        return JSON.parse(await readFile(path, 'utf8')) as T;
      } catch {
        return undefined;
      }
    },
    write(value) {
      const text = JSON.stringify(value);
      last = last.catch(() => undefined).then(() => replace(text));
      return last;
    },
  };
}
