import { randomUUID } from 'node:crypto';
import type { Provider, ProviderRegistration } from '../../contract/sign-in-providers.ts';
import type { BodyOf } from '../../contract/endpoint.ts';
import type { createProvider } from '../../contract/sign-in-providers.ts';
import { waysIn } from '../../domain/ways-in.ts';
import type { By } from '../http/asker.ts';
import { signInProviders } from '../storage/provider-schema.ts';
import { checkCredential, type CheckedCredential } from './credential-input.ts';
import { insertCredential } from './credential-store.ts';
import { fieldProblem } from './field-problem.ts';
import type { ProviderDeps } from './provider-deps.ts';
import { readProviders } from './provider-store.ts';
import { answerOf, inProviderTurn, type Turn } from './provider-turn.ts';
import { requireUnused } from './registration-rules.ts';

type Entered = BodyOf<typeof createProvider>;

/** Enters a provider, with its first secret where it is a web application. It signs nobody in yet. */
export async function enterProvider(
  entered: Entered,
  by: By,
  deps: ProviderDeps,
): Promise<Provider> {
  const { registration, portalAccess } = entered;
  const checked = checkedCredential(entered, deps.now());
  return inProviderTurn(by, deps, async (turn) => {
    const { tx, actor, audit } = turn;
    requireUnused(registration, await readProviders(tx), deps.environment);
    if (portalAccess === undefined) await requireWayInWith(registration, turn, deps);
    const id = randomUUID();
    await tx.insert(signInProviders).values({
      id,
      type: registration.type,
      status: 'unverified',
      draft: registration,
      draftPortalAccess: portalAccess ?? null,
      createdBy: actor,
    });
    audit('provider.created', registration.name, {
      after: { registration, ...(portalAccess === undefined ? {} : { portalAccess }) },
    });
    if (checked !== null) {
      const after = await insertCredential(tx, id, checked, actor, deps);
      audit('provider.credentialAdded', registration.name, { after });
    }
    return answerOf(tx, id, by, deps);
  });
}

function checkedCredential(
  { registration, credential }: Entered,
  now: Date,
): CheckedCredential | null {
  if (registration.type === 'spa') {
    if (credential === undefined) return null;
    throw fieldProblem(
      '/credential',
      'isn’t for a single-page application: it has none',
      'unwanted',
    );
  }
  if (credential === undefined) throw fieldProblem('/credential', 'is required', 'required');
  return checkCredential(credential, '/credential', now);
}

/**
 * While no group and no user gives Admin, a provider by which groups give roles would let nobody in
 * as Admin: portal access is then asked for together with it.
 */
async function requireWayInWith(
  registration: ProviderRegistration,
  { tx }: Turn,
  { adminWays }: ProviderDeps,
): Promise<void> {
  if (registration.type === 'web' && !registration.usesGroups) return;
  const state = await adminWays.read(tx);
  const { name, type, tenantId } = registration;
  const hypothetical = { id: 'entered', name, type, tenantId: tenantId ?? '', usesGroups: true };
  if (waysIn({ ...state, providers: [...state.providers, hypothetical] }).length > 0) return;
  throw fieldProblem(
    '/portalAccess',
    'is required: no group and no user gives Admin yet, so nobody could administer the portal',
    'required',
  );
}
