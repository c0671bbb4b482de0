import { PartMissingError } from './failures.ts';

/** Loads a part of the page. PartMissingError where it can't be had. */
export async function loadPart<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load();
  } catch (error) {
    throw new PartMissingError(error);
  }
}

const memory = 'gatehouse.reloadedBuild';
/** Names the build that this tab runs: the address of its script. */
const build = import.meta.url;

/**
 * Loads the page anew where a part of it is missing: after an update of the server its new pages
 * have other parts. Does nothing where that was tried before with this very build, or something else
 * is wrong: then it wouldn't help, and the page says so.
 */
export function reloadForMissingPart(error: unknown): void {
  if (!(error instanceof PartMissingError)) return;
  try {
    if (sessionStorage.getItem(memory) === build) return;
    sessionStorage.setItem(memory, build);
  } catch {
    // Nothing can be remembered here, so nothing would end the repetition.
    return;
  }
  location.reload();
}
