import { z } from 'zod';
import type { ProviderType } from '../../domain/provider.ts';
import { emptyMapping, type GroupMapping } from '../../domain/group-mapping.ts';
import { emptyCredential, type CredentialDraft } from './credential-draft.ts';
import { newDraft, type ProviderDraft } from './provider-draft.ts';
import type { ProviderEdit } from './provider-edit.ts';

/** What of a secret or certificate is none itself. */
export type KeptCredential = Pick<CredentialDraft, 'kind' | 'expiresOn'>;

/** What is kept of a provider that is being entered: never its secret. */
export interface KeptDraft {
  readonly draft: ProviderDraft;
  readonly portalAccess: GroupMapping;
  readonly credential: KeptCredential;
}

const groups = z.array(z.object({ id: z.string(), displayName: z.string().nullable() }));

const mapping = z.object({ admin: groups, securityAnalyst: groups, readOnly: groups });

const providerDraft = z.object({
  type: z.enum(['spa', 'web']),
  name: z.string(),
  tenantId: z.string(),
  multitenant: z.boolean(),
  clientId: z.string(),
  apiClientId: z.string(),
  usesGroups: z.boolean(),
});

const kept = z.object({
  draft: providerDraft,
  portalAccess: mapping,
  credential: z.object({ kind: z.enum(['secret', 'certificate']), expiresOn: z.string() }),
});

const keyOf = (type: ProviderType) => `gatehouse.provider-draft.${type}`;

/** What was kept, or an empty draft with this name; what can't be read (an older page's) counts as nothing. */
export function readDraft(
  storage: Pick<Storage, 'getItem'>,
  type: ProviderType,
  name?: string,
): KeptDraft {
  const credential = keptOf(emptyCredential);
  const nothing = { draft: newDraft(type, name), portalAccess: emptyMapping, credential };
  try {
    const parsed = kept.safeParse(JSON.parse(storage.getItem(keyOf(type)) ?? 'null'));
    return parsed.success && parsed.data.draft.type === type ? parsed.data : nothing;
  } catch {
    return nothing;
  }
}

/** Keeps it for a reload or a new sign-in in this tab; a full or blocked storage loses only that. */
export function keepDraft(
  storage: Pick<Storage, 'setItem'>,
  { draft, portalAccess, credential }: KeptDraft,
): void {
  try {
    storage.setItem(
      keyOf(draft.type),
      JSON.stringify({ draft, portalAccess, credential: keptOf(credential) }),
    );
  } catch {
    // The form goes on without the safety net.
  }
}

/** Names each field: nothing else of a credential gets into a storage (R20). */
export function keptOf({ kind, expiresOn }: KeptCredential): KeptCredential {
  return { kind, expiresOn };
}

export function dropDraft(storage: Pick<Storage, 'removeItem'>, type: ProviderType): void {
  try {
    storage.removeItem(keyOf(type));
  } catch {
    // Nothing was kept there.
  }
}

const keptEdit = z.object({
  revision: z.string(),
  edit: z.object({
    draft: providerDraft,
    portalAccess: mapping.nullable(),
  }),
});

const editKeyOf = (providerId: string) => `gatehouse.provider-edit.${providerId}`;

/** What was typed over this revision of a provider; null where that is over, or there was nothing. */
export function readEdit(
  storage: Pick<Storage, 'getItem'>,
  { id, revision }: { readonly id: string; readonly revision: string },
): ProviderEdit | null {
  try {
    const parsed = keptEdit.safeParse(JSON.parse(storage.getItem(editKeyOf(id)) ?? 'null'));
    return parsed.success && parsed.data.revision === revision ? parsed.data.edit : null;
  } catch {
    return null;
  }
}

/** Keeps what is typed over a revision; null: there is nothing to keep any more. */
export function keepEdit(
  storage: Pick<Storage, 'setItem' | 'removeItem'>,
  { id, revision }: { readonly id: string; readonly revision: string },
  edit: ProviderEdit | null,
): void {
  try {
    if (edit === null) storage.removeItem(editKeyOf(id));
    else storage.setItem(editKeyOf(id), JSON.stringify({ revision, edit }));
  } catch {
    // The form goes on without the safety net.
  }
}
