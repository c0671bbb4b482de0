/** A message about a field ("must be a GUID") as a sentence. */
export function fieldSentence(message: string): string {
  return `It ${message.replace(/^It /u, '')}.`.replace(/\.\.$/u, '.');
}
