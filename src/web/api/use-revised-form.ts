import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { EndpointShape } from '../../contract/endpoint.ts';
import type { FieldError } from '../../contract/problem.ts';
import { call, type CallArguments } from './call.ts';
import { endpointKey } from './hooks.ts';
import {
  afterSave,
  conflictIn,
  fieldErrorsIn,
  isDirty,
  merged,
  rebased,
  type Edits,
  type Revised,
} from './revised-edits.ts';

interface RevisedFormOptions<Resource extends Revised, Body, Draft extends object> {
  /** The endpoint that `server` comes from. */
  readonly get: EndpointShape & { readonly response: z.ZodType<Resource> };
  /** The endpoint that takes the whole of it with If-Match, and answers with it. */
  readonly put: EndpointShape & {
    readonly body: z.ZodType<unknown, Body>;
    readonly response: z.ZodType<Resource>;
    readonly revision: 'requires';
  };
  /** Of both endpoints; absent where they have none. */
  readonly params?: Readonly<Record<string, string>>;
  /** What the server has, as far as the page knows. It may change under the person's hands. */
  readonly server: Resource;
  /** What of it is edited, as the fields have it: plain data. */
  readonly read: (resource: Resource) => Draft;
  /**
   * The request that a draft makes; null where it can't be saved as it is. `base`: for whatever goes
   * with it unedited.
   */
  readonly write: (draft: Draft, base: Resource) => NoInfer<Body> | null;
  readonly onSaved?: (saved: Resource) => void;
}

export interface RevisedForm<Resource, Draft> {
  /** For the fields: what the person has entered, else what the server has. */
  readonly draft: Draft;
  /** What the draft began from. */
  readonly base: Resource;
  /** There is something to save or to discard. */
  readonly dirty: boolean;
  readonly saving: boolean;
  /** Whether `save` would do anything. */
  readonly maySave: boolean;
  /** Somebody else has saved this since: to be shown beside the draft until the person has decided. */
  readonly conflict: Resource | null;
  /** Why the last save failed, unless that is the conflict. */
  readonly failure: Error | null;
  /** What the server said of single fields in it, by their paths in the request. */
  readonly fieldErrors: readonly FieldError[];
  readonly edit: (draft: Draft) => void;
  readonly save: () => void;
  /** Answers a conflict: the draft takes the place of what the other person saved. */
  readonly saveOverTheirs: () => void;
  /** Answers a conflict by saving both changes; null where they don’t go together. */
  readonly keepBoth: (() => void) | null;
  /** Answers a conflict: the draft is given up for what the other person saved. */
  readonly takeTheirs: () => void;
  /** Gives the draft up, and forgets what failed. */
  readonly reset: () => void;
}

/**
 * A form for one thing that has a revision (R7, R21). What the person has entered stays through
 * every failure and every refresh from the server, until it is saved or given up; where somebody
 * else was faster, both are there to be shown.
 */
export function useRevisedForm<Resource extends Revised, Body, Draft extends object>(
  options: RevisedFormOptions<Resource, Body, Draft>,
): RevisedForm<Resource, Draft> {
  const { get, put, params, server, read, write, onSaved } = options;
  const queries = useQueryClient();
  const key = endpointKey(get.path, params);
  const [entered, setEdits] = useState<Edits<Resource, Draft> | null>(null);
  const change = useMutation({
    async mutationFn({ draft, base }: Edits<Resource, Draft>): Promise<Resource> {
      const args = { params, body: write(draft, base), ifMatch: base.revision };
      const { value } = await call(
        put as EndpointShape,
        args as unknown as CallArguments<EndpointShape>,
      );
      return value as unknown as Resource;
    },
    onSuccess(saved, sent) {
      // Before everything is asked anew: where that fails, the form knows the revision all the same.
      queries.setQueryData(key, saved);
      setEdits((now) => afterSave(now, sent.draft, saved));
      onSaved?.(saved);
      void queries.invalidateQueries();
    },
  });

  const edits = rebased(entered, server, read);
  const draft = edits?.draft ?? read(server);
  const base = edits?.base ?? server;
  const dirty = isDirty(edits, server, read);
  const conflict = conflictIn(change.error, put.response);
  const writable = write(draft, base) !== null && !change.isPending;
  const both = conflict === null ? null : bothOf(conflict);
  const maySave = dirty && writable && conflict === null;

  function bothOf(theirs: Resource): Edits<Resource, Draft> | null {
    const together = merged(read(base), draft, read(theirs));
    const fits = together !== null && write(together, theirs) !== null;
    return fits ? { draft: together, base: theirs } : null;
  }

  function send(next: Edits<Resource, Draft>): void {
    setEdits(next);
    change.mutate(next);
  }

  function reset(): void {
    setEdits(null);
    change.reset();
  }

  return {
    draft,
    base,
    dirty,
    saving: change.isPending,
    maySave,
    conflict,
    failure: conflict === null ? change.error : null,
    fieldErrors: fieldErrorsIn(change.error),
    edit: (next) => setEdits((now) => ({ draft: next, base: now?.base ?? server })),
    save() {
      if (maySave) send({ draft, base });
    },
    saveOverTheirs() {
      if (conflict !== null && writable) send({ draft, base: conflict });
    },
    keepBoth: both === null || change.isPending ? null : () => send(both),
    takeTheirs() {
      if (conflict === null) return;
      queries.setQueryData(key, conflict);
      reset();
    },
    reset,
  };
}
