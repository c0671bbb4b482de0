import type { FieldError } from '../../contract/problem.ts';
import {
  registration,
  type Provider,
  type ProviderRegistration,
} from '../../contract/sign-in-providers.ts';
import type { ProviderType } from '../../domain/provider.ts';
import { messagesByField } from '../api/revised-edits.ts';
import { fieldSentence, fieldSentences } from '../ui/field-sentence.ts';

/** A registration as it is typed: what isn't an id yet must not be lost either. */
export interface ProviderDraft {
  readonly type: ProviderType;
  readonly name: string;
  readonly tenantId: string;
  readonly multitenant: boolean;
  readonly clientId: string;
  /** Empty: the client ID again. */
  readonly apiClientId: string;
  readonly usesGroups: boolean;
}

export const draftFields = ['name', 'tenantId', 'clientId', 'apiClientId'] as const;

export type DraftField = (typeof draftFields)[number];

export type DraftMessages = Partial<Record<DraftField, string>>;

export function newDraft(type: ProviderType, name = 'Microsoft'): ProviderDraft {
  return {
    type,
    name,
    tenantId: '',
    multitenant: false,
    clientId: '',
    apiClientId: '',
    usesGroups: true,
  };
}

/** What is edited of a provider: what waits to be verified, else what was. */
export function draftOfProvider({ draft, verified, type, name }: Provider): ProviderDraft {
  const from = draft ?? verified;
  if (from === null) return { ...newDraft(type), name };
  return draftOfRegistration(from);
}

export function draftOfRegistration(from: ProviderRegistration): ProviderDraft {
  const { type, clientId } = from;
  const common = { ...newDraft(type), name: from.name, tenantId: from.tenantId ?? '', clientId };
  if (from.type === 'web') {
    return { ...common, multitenant: from.multitenant, usesGroups: from.usesGroups };
  }
  return { ...common, apiClientId: from.apiClientId === clientId ? '' : from.apiClientId };
}

export type CheckedDraft =
  | { readonly registration: ProviderRegistration; readonly messages: null }
  | { readonly registration: null; readonly messages: DraftMessages };

/** What a draft says, or what is wrong at which field: the contract that the server checks, run here. */
export function checkDraft(draft: ProviderDraft): CheckedDraft {
  const { type, name, multitenant, usesGroups } = draft;
  const tenantId = draft.tenantId.trim();
  const clientId = draft.clientId.trim();
  const apiClientId = draft.apiClientId.trim();
  const checked = registration.safeParse(
    type === 'spa'
      ? { type, name, tenantId, clientId, apiClientId: apiClientId === '' ? clientId : apiClientId }
      : {
          type,
          name,
          tenantId: multitenant && tenantId === '' ? null : tenantId,
          multitenant,
          clientId,
          usesGroups,
        },
  );
  if (checked.success) return { registration: checked.data, messages: null };
  const messages: DraftMessages = {};
  for (const { path, message } of checked.error.issues) {
    const field = draftFields.find((one) => one === path[0]);
    if (field === undefined) continue;
    messages[field] ??= draft[field].trim() === '' ? missing(field, draft) : fieldSentence(message);
  }
  // The API's client ID is the client ID where it is empty: one message is enough.
  if (apiClientId === '') delete messages.apiClientId;
  return { registration: null, messages };
}

function missing(field: DraftField, { type }: ProviderDraft): string {
  if (field === 'name') return 'Say what the sign-in page calls it.';
  if (field === 'tenantId' && type === 'web') {
    return 'Enter it as Entra shows it, or choose accounts in any organization.';
  }
  return 'Enter it as Entra shows it.';
}

/** Where each field is in the request. */
export const draftPaths: Readonly<Record<DraftField, string>> = {
  name: '/registration/name',
  tenantId: '/registration/tenantId',
  clientId: '/registration/clientId',
  apiClientId: '/registration/apiClientId',
};

/** The server's messages at the fields that they belong to (R21). */
export function refusedFields(errors: readonly FieldError[]): DraftMessages {
  return fieldSentences(messagesByField(errors, draftPaths));
}
