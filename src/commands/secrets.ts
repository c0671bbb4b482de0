import { stat } from 'node:fs/promises';
import { appendAudit } from '../portal/audit/append.ts';
import type { Config } from '../portal/config.ts';
import type { Database } from '../portal/storage/database.ts';
import { keyId } from '../portal/storage/sealed.ts';
import { dropUnusedKeys, rekey } from '../portal/storage/sealed-rekey.ts';
import { counted, inWords, readSealedUsage, unreadable } from '../portal/storage/sealed-usage.ts';
import { secretKeyPath } from '../portal/storage/secret-key.ts';
import { keyPlace } from '../portal/storage/secret-source.ts';
import { withExistingDatabase } from './existing-database.ts';

const usage =
  'gatehouse secrets status   which keys encrypt what\n' +
  'gatehouse secrets rekey    encrypt everything with another key, while portals run\n' +
  'gatehouse secrets finish   drop keys that nothing uses any more, 15 minutes after rekey';

/** Longer than a sign-in may take: what one of them carries is encrypted too. */
const pause = 15 * 60_000;

/** `gatehouse secrets`: the keys that stored secrets are encrypted with (R20). Portals may be running. */
export async function secrets([action = 'help']: readonly string[]): Promise<void> {
  const actions: Readonly<Record<string, (database: Database, config: Config) => Promise<void>>> = {
    status: showStatus,
    rekey: changeKey,
    finish: dropKeys,
  };
  if (action === 'help') return console.log(usage);
  const act = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (act === undefined) throw new Error(`There is no "gatehouse secrets ${action}".\n\n${usage}`);
  await withExistingDatabase(act);
}

async function showStatus(database: Database, config: Config): Promise<void> {
  const keys = await keyPlace(config).read();
  const found = await readSealedUsage(database.db);
  keys.forEach((key, index) => {
    const id = keyId(key);
    const uses = found
      .filter((each) => each.key === id)
      .map((each) => counted(each.column, each.count));
    const role = index === 0 ? 'encrypts' : 'decrypts only';
    console.log(`key ${id}  ${role.padEnd(13)}  ${uses.join(', ') || 'used by nothing'}`);
  });
  const lost = unreadable(found, keys);
  if (lost.length > 0) throw new Error(`None of these keys reads ${inWords(lost)}.`);
}

async function changeKey(database: Database, config: Config): Promise<void> {
  const place = keyPlace(config);
  const { key, keyId: id, counts } = await rekey({ database, place, appendAudit });
  const done = counts.map(({ column, count }) => counted(column, count)).join(', ');
  if (key === 'another') {
    console.log(
      `Encrypted with another key, ${id}: ${done}.\nIt stands first in ${secretKeyPath(config.dataDir)}; ` +
        'back that file up. In 15 minutes, gatehouse secrets finish drops the key before it.',
    );
  } else if (counts.every(({ count }) => count === 0)) {
    console.log(
      `Everything is encrypted with key ${id}, the first one of GATEHOUSE_SECRET_KEY. For another one, put it ` +
        'before that, divided by a comma, start every portal with both, and come again.',
    );
  } else {
    console.log(`Encrypted with key ${id}, which stands first: ${done}.`);
  }
}

async function dropKeys(database: Database, config: Config): Promise<void> {
  const place = keyPlace(config);
  const inFile = place.replace !== null;
  const early = inFile && Date.now() - (await changedAt(config)) < pause;
  const { dropped, kept } = await dropUnusedKeys({ database, place, appendAudit }, !early);
  if (dropped.length === 0) {
    const uses = kept.length > 1 ? ' Older ones are in use: gatehouse secrets rekey.' : '';
    console.log(`There is no key to drop.${uses}`);
  } else if (early) {
    throw new Error(
      `The keys were changed less than 15 minutes ago: sign-ins that began before may still need ${dropped.join(', ')}. ` +
        'Nothing was dropped; come again later.',
    );
  } else if (inFile) {
    console.log(
      `Dropped: ${dropped.join(', ')}. Backups of the database from before need them: keep such a key with its backup.`,
    );
  } else {
    console.log(
      `Nothing uses ${dropped.join(', ')} any more: take it out of GATEHOUSE_SECRET_KEY (${kept.join(', ')} stays), ` +
        '15 minutes after the last portal got the new key.',
    );
  }
}

async function changedAt({ dataDir }: Config): Promise<number> {
  return (await stat(secretKeyPath(dataDir))).mtimeMs;
}
