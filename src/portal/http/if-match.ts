import { ProblemError } from '../../server/problem-error.ts';

/** The entity tag of a revision (RFC 9110, 8.8.3). */
export function entityTag(revision: string): string {
  return `"${revision}"`;
}

/**
 * The revision that `If-Match` names, or null without one. Weak tags are taken too: proxies that
 * compress make them so. `*` and lists are refused, because R7 wants one revision that was seen.
 */
export function readIfMatch(header: string | undefined): string | null {
  if (header === undefined) return null;
  const tag = /^(?:W\/)?"([\x21\x23-\x7e]{1,200})"$/u.exec(header.trim())?.[1];
  if (tag !== undefined) return tag;
  throw new ProblemError(
    400,
    'invalid_if_match',
    'If-Match must name one revision, as its ETag gave it.',
  );
}

/** 428 (RFC 6585) for a change that doesn't say which revision it is about. */
export function requireIfMatch(revision: string | null): string {
  if (revision !== null) return revision;
  throw new ProblemError(
    428,
    'if_match_required',
    'Say with If-Match which revision this changes: the ETag of what you have read.',
  );
}
