import { groupSet, type GroupSet } from '../../domain/group-mapping.ts';
import { isGuid } from '../../domain/guid.ts';

const bytesOfEach = 16;

/**
 * Object ids in base64, 16 bytes each: sessions are many, and somebody may be in thousands of groups.
 * What isn't an object id is left out: no mapping can name it.
 */
export function packGroups(ids: Iterable<string>): string {
  const hex = [...groupSet(ids)].filter(isGuid).map((id) => id.replaceAll('-', ''));
  return Buffer.from(hex.join(''), 'hex').toString('base64');
}

export function unpackGroups(packed: string): GroupSet {
  const bytes = Buffer.from(packed, 'base64');
  const ids = new Set<string>();
  for (let at = 0; at + bytesOfEach <= bytes.length; at += bytesOfEach) {
    const hex = bytes.toString('hex', at, at + bytesOfEach);
    ids.add(
      [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
        '-',
      ),
    );
  }
  return ids;
}
