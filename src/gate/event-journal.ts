import { constants } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { gateEvent } from '../contract/gate-report.ts';
import { syncFolder } from '../server/whole-file.ts';

/** An event as it lies in the journal: one line of JSON. */
const journalLine = z.object({
  event: gateEvent,
  /** The file that another process left it in, and which may still be there. */
  source: z.string().optional(),
});

export type JournalLine = z.output<typeof journalLine>;

interface Located {
  readonly line: JournalLine;
  /** Where the next line begins. */
  readonly end: number;
}

export interface JournalScan {
  readonly lines: number;
  readonly lastSequence: number;
  readonly sources: readonly string[];
  /** Lines within the file that can't be read any more: a damaged disk. */
  readonly damaged: number;
}

/**
 * A file that events are appended to, in order. What was appended is on the disk; a line that was torn
 * by a power cut is dropped at the next opening. Calls must not overlap.
 */
export interface EventJournal {
  readonly size: number;
  append(lines: readonly JournalLine[]): Promise<void>;
  /** Lines from the first on that hasn't been dropped. */
  read(most: { readonly lines: number; readonly bytes: number }): Promise<JournalLine[]>;
  /** Drops everything up to this sequence number. Resolves to how many lines that were. */
  drop(sequence: number): Promise<number>;
  close(): Promise<void>;
}

const chunkSize = 65_536;
/** So much may lie there that is dropped already, before what is left is copied. */
const mostDropped = 4_000_000;

export async function openJournal(
  path: string,
): Promise<{ journal: EventJournal; scan: JournalScan }> {
  let file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  const found = await scanJournal(file);
  let { size } = found;
  let first = 0;
  // A torn last line, and whatever follows it.
  await file.truncate(size);
  if (found.damaged > 0) await leaveDamaged();

  /** Another file takes this one's place: `fill` writes what stays. */
  async function replace(fill: (to: FileHandle) => Promise<unknown>): Promise<void> {
    const unfinished = `${path}.tmp`;
    const rest = await open(unfinished, 'w+', 0o600);
    try {
      await fill(rest);
      await rest.sync();
      await rename(unfinished, path);
    } catch (error) {
      await rest.close();
      // On a full disk it would take what room is left.
      await rm(unfinished, { force: true });
      throw error;
    }
    const replaced = file;
    file = rest;
    await replaced.close().catch(() => undefined);
  }

  /** Else they would be counted again at each start. */
  async function leaveDamaged(): Promise<void> {
    let kept = 0;
    await replace(async (to) => {
      for await (const { line } of located(file, 0, size)) {
        const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
        await writeAll(to, bytes, kept);
        kept += bytes.length;
      }
    });
    size = kept;
    await syncFolder(dirname(path));
  }

  async function compact(): Promise<void> {
    const isCopied = first < size;
    if (isCopied) await replace((to) => copy(file, first, to));
    else await file.truncate(0);
    size -= first;
    first = 0;
    if (isCopied) await syncFolder(dirname(path));
  }

  const journal: EventJournal = {
    get size() {
      return size;
    },
    async append(lines) {
      const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
      const bytes = Buffer.from(text);
      try {
        await writeAll(file, bytes, size);
        await file.datasync();
      } catch (error) {
        // Half of it may be there: the next attempt begins where this one did.
        await file.truncate(size).catch(() => undefined);
        throw error;
      }
      size += bytes.length;
    },
    async read(most) {
      const lines: JournalLine[] = [];
      for await (const { line, end } of located(file, first, size)) {
        if (lines.length > 0 && end - first > most.bytes) break;
        lines.push(line);
        if (lines.length === most.lines) break;
      }
      return lines;
    },
    async drop(sequence) {
      let dropped = 0;
      let end = first;
      for await (const each of located(file, first, size)) {
        if (each.line.event.sequence > sequence) break;
        end = each.end;
        dropped += 1;
      }
      first = end;
      // Where there is no room for a copy, what was dropped stays until there is.
      if (first > 0 && (first === size || first > mostDropped))
        await compact().catch(() => undefined);
      return dropped;
    },
    close: () => file.close(),
  };
  return { journal, scan: found };
}

async function scanJournal(file: FileHandle): Promise<JournalScan & { size: number }> {
  const scan = { lines: 0, lastSequence: 0, damaged: 0, size: 0 };
  const sources: string[] = [];
  for await (const { text, end } of textLines(file, 0, Infinity)) {
    const line = parseLine(text);
    scan.size = end;
    if (line === null) {
      scan.damaged += 1;
      continue;
    }
    scan.lines += 1;
    scan.lastSequence = Math.max(scan.lastSequence, line.event.sequence);
    if (line.source !== undefined) sources.push(line.source);
  }
  return { ...scan, sources };
}

async function* located(file: FileHandle, from: number, to: number): AsyncGenerator<Located> {
  for await (const { text, end } of textLines(file, from, to)) {
    const line = parseLine(text);
    if (line !== null) yield { line, end };
  }
}

function parseLine(text: string): JournalLine | null {
  try {
    return journalLine.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Whole lines between two offsets, a piece of the file at a time: it may be larger than memory. */
async function* textLines(
  file: FileHandle,
  from: number,
  to: number,
): AsyncGenerator<{ text: string; end: number }> {
  let rest = Buffer.alloc(0);
  let position = from;
  let begin = from;
  while (position < to) {
    const buffer = Buffer.alloc(Math.min(chunkSize, to - position));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    rest = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      begin += end + 1;
      yield { text: rest.toString('utf8', 0, end), end: begin };
      rest = rest.subarray(end + 1);
    }
  }
}

async function copy(from: FileHandle, start: number, to: FileHandle): Promise<void> {
  const buffer = Buffer.alloc(chunkSize);
  for (let position = start; ;) {
    const { bytesRead } = await from.read(buffer, 0, buffer.length, position);
    if (bytesRead === 0) return;
    await writeAll(to, buffer.subarray(0, bytesRead), position - start);
    position += bytesRead;
  }
}

/** A disk that is nearly full takes a part, and says so by a number only. */
async function writeAll(to: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    const rest = bytes.length - written;
    const { bytesWritten } = await to.write(bytes, written, rest, position + written);
    written += bytesWritten;
  }
}
