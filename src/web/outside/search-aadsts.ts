import { aadstsExplanations, explainAadsts, type ExplainedAadsts } from '../../domain/aadsts.ts';

const all: readonly ExplainedAadsts[] = Object.keys(aadstsExplanations).flatMap(
  (number) => explainAadsts(Number(number)) ?? [],
);

/** The explained codes that have the text in their number or their words; one that isn't known gets the generic answer. */
export function searchAadsts(text: string): readonly ExplainedAadsts[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return all;
  const asked = explainAadsts(text);
  if (asked !== null && asked.known) return [asked];
  const found = all.filter((one) =>
    `aadsts${one.number} ${one.meaning} ${one.fix}`.toLowerCase().includes(wanted),
  );
  return found.length === 0 && asked !== null ? [asked] : found;
}
