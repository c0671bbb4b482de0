import { isUtf8 } from 'node:buffer';
import { fileProblem } from './file-problem.ts';

export interface DecodedFile {
  readonly text: string;
  readonly encoding: 'UTF-8' | 'UTF-16';
}

const saveAgain = 'In Excel: File > Save As > CSV UTF-8 (Comma delimited).';

const signatures: readonly [prefix: string, what: string][] = [
  ['PK\u0003\u0004', 'an Excel workbook or a ZIP archive'],
  ['\u00D0\u00CF\u0011\u00E0', 'an old Excel workbook'],
  ['%PDF', 'a PDF document'],
  ['\u001F\u008B', 'a gzip archive'],
];

/** The text of a file: UTF-8, or UTF-16 where a byte-order mark says so. Throws a problem that says what else it is. */
export function decodeFile(bytes: Uint8Array): DecodedFile {
  const start = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
  const known = signatures.find(([prefix]) => start.startsWith(prefix));
  if (known !== undefined) {
    throw fileProblem('file_not_csv', `The file is ${known[1]}, not a CSV file. ${saveAgain}`);
  }
  const decoded =
    start.startsWith('\u00FF\u00FE') || start.startsWith('\u00FE\u00FF')
      ? decodeUtf16(bytes, start.startsWith('\u00FF') ? 'utf-16le' : 'utf-16be')
      : decodeUtf8(bytes);
  const first = decoded.text.trimStart().charAt(0);
  if (first === '') throw fileProblem('file_empty', 'The file is empty.');
  const markup = { '<': 'HTML or XML', '{': 'JSON', '[': 'JSON' }[first];
  if (markup !== undefined) {
    throw fileProblem('file_not_csv', `The file is ${markup}, not a CSV file. Export it again.`);
  }
  return decoded;
}

function decodeUtf8(bytes: Uint8Array): DecodedFile {
  if (bytes.includes(0)) {
    const detail = 'The file has NUL bytes: it is binary, or UTF-16 without a byte-order mark.';
    throw fileProblem('file_not_csv', `${detail} ${saveAgain}`);
  }
  if (!isUtf8(bytes)) {
    const { line, offset } = firstInvalidByte(bytes);
    const detail = `Line ${line} isn't valid UTF-8 (at byte ${offset} of the file).`;
    throw fileProblem('file_encoding', `${detail} Save it with that encoding. ${saveAgain}`);
  }
  return { text: new TextDecoder().decode(bytes), encoding: 'UTF-8' };
}

/** Where UTF-8 breaks: the line, and the offset of the byte from the start of the file. */
function firstInvalidByte(bytes: Uint8Array): { line: number; offset: number } {
  let start = 0;
  for (let line = 1; ; line += 1) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline < 0 ? bytes.length : newline;
    if (newline < 0 || !isUtf8(bytes.subarray(start, end))) {
      return { line, offset: start + validLength(bytes.subarray(start, end)) };
    }
    start = end + 1;
  }
}

function validLength(bytes: Uint8Array): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let complete = 0;
  try {
    for (let index = 0; index < bytes.length; index += 1) {
      const decoded = decoder.decode(bytes.subarray(index, index + 1), { stream: true });
      if (decoded !== '') complete = index + 1;
    }
  } catch {
    return complete;
  }
  return complete;
}

function decodeUtf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): DecodedFile {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return { text, encoding: 'UTF-16' };
  } catch (cause) {
    const upTo = new TextDecoder(encoding).decode(bytes).split('\uFFFD', 1)[0] ?? '';
    const line = upTo.split('\n').length;
    const offset = (upTo.length + 1) * 2;
    const detail = `Line ${line} isn't valid UTF-16 (at byte ${offset} of the file).`;
    throw fileProblem('file_encoding', `${detail} Save it again. ${saveAgain}`, cause);
  }
}
