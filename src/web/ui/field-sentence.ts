/** A message about a field ("must be a GUID") as a sentence; one that is a sentence stays as it is. */
export function fieldSentence(message: string): string {
  const begun = /^\p{Lu}/u.test(message) ? message : `It ${message}`;
  return begun.endsWith('.') ? begun : `${begun}.`;
}

/** The messages of several fields, each as a sentence. */
export function fieldSentences<Field extends string>(
  messages: Partial<Record<Field, string>>,
): Partial<Record<Field, string>> {
  const sentences: Partial<Record<Field, string>> = {};
  for (const field of Object.keys(messages) as Field[]) {
    const message = messages[field];
    if (message !== undefined) sentences[field] = fieldSentence(message);
  }
  return sentences;
}
