import type { BodyOf } from '../../contract/endpoint.ts';
import type { changeProvider, Provider } from '../../contract/sign-in-providers.ts';
import { ProblemError } from '../../server/problem-error.ts';
import type { By } from '../http/asker.ts';
import type { ProviderRow } from './active-providers.ts';
import { fieldProblem } from './field-problem.ts';
import type { ProviderDeps } from './provider-deps.ts';
import { readProviders, requireProvider } from './provider-store.ts';
import { answerOf, inProviderTurn, requireRevision, updateProvider } from './provider-turn.ts';
import { requireUnused, sameButName } from './registration-rules.ts';

type Edit = BodyOf<typeof changeProvider> & { readonly ifMatch: string | null };

/**
 * Edits what waits to be verified; the verified version goes on serving. The name counts at once.
 * Throws 412 for a stale revision (R7), 400 at the field that is wrong.
 */
export async function editProvider(
  id: string,
  edit: Edit,
  by: By,
  deps: ProviderDeps,
): Promise<Provider> {
  return inProviderTurn(by, deps, async ({ tx, audit }) => {
    const stored = await requireProvider(tx, id);
    requireRevision(stored, edit.ifMatch, by, deps);
    const { row } = stored;
    const others = (await readProviders(tx)).filter((other) => other.row.id !== row.id);
    requireUnused(edit.registration, others, deps.environment);
    const after = edited(row, edit);
    await updateProvider(tx, row, after);
    audit('provider.changed', edit.registration.name, { before: facts(row), after });
    return answerOf(tx, row.id, by, deps);
  });
}

type Facts = Pick<ProviderRow, 'verified' | 'draft' | 'draftPortalAccess'>;

function facts({ verified, draft, draftPortalAccess }: ProviderRow): Facts {
  return { verified, draft, draftPortalAccess };
}

function edited(row: ProviderRow, { registration, portalAccess }: Edit): Facts {
  if (registration.type !== row.type) {
    throw fieldProblem('/registration/type', 'stays as it is: add another provider', 'fixed');
  }
  const verified = row.verified === null ? null : { ...row.verified, name: registration.name };
  const draft = verified !== null && sameButName(verified, registration) ? null : registration;
  // Something has to be verified, or it would never come into force.
  const waits = draft !== null || row.status !== 'active';
  if (portalAccess !== undefined && !waits) {
    throw fieldProblem(
      '/portalAccess',
      'comes into force with a verification, and there is nothing to verify: change it under Portal access',
      'nothing_to_verify',
    );
  }
  const draftPortalAccess = waits ? (portalAccess ?? row.draftPortalAccess) : null;
  return { verified, draft, draftPortalAccess };
}

/** Drops what was entered and not verified. Throws 409 where nothing was verified before it. */
export async function dropDraft(
  id: string,
  ifMatch: string | null,
  by: By,
  deps: ProviderDeps,
): Promise<Provider> {
  return inProviderTurn(by, deps, async ({ tx, audit }) => {
    const stored = await requireProvider(tx, id);
    requireRevision(stored, ifMatch, by, deps);
    const { row } = stored;
    if (row.draft === null || row.verified === null) {
      throw new ProblemError(
        409,
        'no_draft',
        row.draft === null
          ? 'There is nothing that waits to be verified.'
          : 'Nothing of this provider was ever verified: delete it instead.',
      );
    }
    const after = { draft: null, draftPortalAccess: null };
    await updateProvider(tx, row, after);
    audit('provider.draftDropped', row.verified.name, { before: facts(row), after });
    return answerOf(tx, row.id, by, deps);
  });
}
