export interface EnteredText {
  readonly text: string;
  /** Spaces or line ends stood around it, as they come along with copying. */
  readonly trimmed: boolean;
}

/** What was pasted, without what came along: spaces, line ends, and invisible characters around it. */
export function enteredText(raw: string): EnteredText {
  const text = raw.replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, '');
  return { text, trimmed: text !== raw };
}
