import type { BodyInputOf } from '../../contract/endpoint.ts';
import { mappingAnswer } from '../../contract/group-mapping.ts';
import type { FieldError } from '../../contract/problem.ts';
import type { changeProvider, Provider } from '../../contract/sign-in-providers.ts';
import type { GroupMapping } from '../../domain/group-mapping.ts';
import { fieldSentence } from '../ui/field-sentence.ts';
import { checkDraft, draftOfProvider, type ProviderDraft } from './provider-draft.ts';

/** What is edited of a provider. */
export interface ProviderEdit {
  readonly draft: ProviderDraft;
  /** What comes into force with it; null where nothing does. */
  readonly portalAccess: GroupMapping | null;
}

export function editOf(provider: Provider): ProviderEdit {
  return { draft: draftOfProvider(provider), portalAccess: provider.draftPortalAccess };
}

/** The request that an edit makes; null where it can’t be saved as it is. */
export function changeOf({
  draft,
  portalAccess,
}: ProviderEdit): BodyInputOf<typeof changeProvider> | null {
  const { registration } = checkDraft(draft);
  if (registration === null || adminGroupsMissing(portalAccess) !== undefined) return null;
  return portalAccess === null
    ? { registration }
    : { registration, portalAccess: mappingAnswer(portalAccess) };
}

export function adminGroupsMissing(portalAccess: GroupMapping | null): string | undefined {
  return portalAccess === null || portalAccess.admin.length > 0
    ? undefined
    : 'Choose at least one group, or nobody could administer the portal.';
}

/** The server’s message about portal access that comes with a provider. */
export function refusedAccess(errors: readonly FieldError[]): string | undefined {
  const found = errors.find(({ path }) => path.startsWith('/portalAccess'));
  return found === undefined ? undefined : fieldSentence(found.message);
}
