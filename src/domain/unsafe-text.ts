// Bidirectional overrides and isolates, zero-width characters and the byte-order mark can make one
// name look like another (Unicode UTS #39, UAX #9); C0 and C1 controls break logs and terminals.
const hidden =
  /[\p{Cc}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF\uFFF9-\uFFFB]/u;
const loneSurrogate = /\p{Surrogate}/u;
const lineBreaks = /[\t\n\r\u2028\u2029]/u;

export type UnsafeText = 'control_character' | 'line_break';

/** What is wrong with a one-line text that people will read, or null. */
export function unsafeText(text: string): UnsafeText | null {
  if (lineBreaks.test(text)) return 'line_break';
  return hidden.test(text) || loneSurrogate.test(text) ? 'control_character' : null;
}

/** A text as people can read it: with every character that hides, reorders or breaks lines spelled out. */
export function shownText(text: string): string {
  if (unsafeText(text) === null) return text;
  return Array.from(text, (character) =>
    unsafeText(character) === null ? character : `[U+${codePoint(character)}]`,
  ).join('');
}

function codePoint(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}

/** The form under which names are compared: NFKC, trimmed, inner spaces folded, without case. */
export function comparableName(name: string): string {
  return name.normalize('NFKC').trim().replaceAll(/\s+/gu, ' ').toLowerCase();
}
