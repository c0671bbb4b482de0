import type { z } from 'zod';
import type { FieldError } from '../../contract/problem.ts';
import { ApiError } from '../failures.ts';

/** Anything that two people can change at once (R7). */
export interface Revised {
  readonly revision: string;
}

/** What somebody has entered and not saved yet. */
export interface Edits<Resource, Draft> {
  readonly draft: Draft;
  /** What they had before them: a save names its revision, so that nothing is overwritten unseen. */
  readonly base: Resource;
}

/**
 * The edits upon what the server has by now, where it has the same as before of what is edited: the
 * revision is another because something else of the resource was saved, as by the form beside it.
 * Otherwise as they are: whoever saves them must be shown what changed. Drafts are plain data.
 */
export function rebased<Resource extends Revised, Draft>(
  edits: Edits<Resource, Draft> | null,
  server: Resource,
  read: (resource: Resource) => Draft,
): Edits<Resource, Draft> | null {
  if (edits === null || edits.base.revision === server.revision) return edits;
  const same = JSON.stringify(read(edits.base)) === JSON.stringify(read(server));
  return same ? { draft: edits.draft, base: server } : edits;
}

/**
 * Whether there is something to save or to discard: what was typed back to how it was counts as
 * nothing, as long as the server hasn't got something else by now. Drafts are plain data.
 */
export function isDirty<Resource extends Revised, Draft>(
  edits: Edits<Resource, Draft> | null,
  server: Resource,
  read: (resource: Resource) => Draft,
): boolean {
  if (edits === null) return false;
  if (edits.base.revision !== server.revision) return true;
  return JSON.stringify(edits.draft) !== JSON.stringify(read(edits.base));
}

/** What is left of the edits after `sent` was saved: what was typed while that was under way. */
export function afterSave<Resource, Draft>(
  edits: Edits<Resource, Draft> | null,
  sent: Draft,
  saved: Resource,
): Edits<Resource, Draft> | null {
  return edits === null || edits.draft === sent ? null : { draft: edits.draft, base: saved };
}

/**
 * Both changes of one draft together, where no field of it was changed by both: what `theirs` made of
 * `base`, with what `mine` made of it. Null where that isn’t so, or nothing of mine is left to keep.
 * Drafts are plain data; their fields are compared whole.
 */
export function merged<Draft extends object>(
  base: Draft,
  mine: Draft,
  theirs: Draft,
): Draft | null {
  const changed = (to: Draft) =>
    (Object.keys({ ...base, ...to }) as (keyof Draft)[]).filter(
      (field) => JSON.stringify(to[field]) !== JSON.stringify(base[field]),
    );
  const fields = changed(mine);
  const both = new Set(changed(theirs));
  if (fields.length === 0 || fields.some((field) => both.has(field))) return null;
  const result = { ...theirs };
  for (const field of fields) result[field] = mine[field];
  return result;
}

/** What is there now, where somebody else was faster (412); null for any other error. */
export function conflictIn<Resource>(
  error: unknown,
  resource: z.ZodType<Resource>,
): Resource | null {
  if (!(error instanceof ApiError) || error.code !== 'stale_revision') return null;
  const parsed = resource.safeParse(error.problem.details?.['current']);
  return parsed.success ? parsed.data : null;
}

/** What the server has to say of single fields (R21). */
export function fieldErrorsIn(error: unknown): readonly FieldError[] {
  return error instanceof ApiError ? (error.problem.errors ?? []) : [];
}

/**
 * The first message for each field: one at the field's path, or below it. `paths`: where a field is
 * in the request, such as `/permissions/admin`.
 */
export function messagesByField<Field extends string>(
  errors: readonly FieldError[],
  paths: Readonly<Record<Field, string>>,
): Partial<Record<Field, string>> {
  const messages: Partial<Record<Field, string>> = {};
  for (const field of Object.keys(paths) as Field[]) {
    const own = errors.find(({ path }) => `${path}/`.startsWith(`${paths[field]}/`));
    if (own !== undefined) messages[field] = own.message;
  }
  return messages;
}
