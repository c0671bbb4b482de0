import type { BodyInputOf } from '../../contract/endpoint.ts';
import { mappingAnswer } from '../../contract/group-mapping.ts';
import type { createProvider } from '../../contract/sign-in-providers.ts';
import type { GroupMapping } from '../../domain/group-mapping.ts';
import {
  checkCredential,
  type CredentialDraft,
  type CredentialMessages,
} from './credential-draft.ts';
import { checkDraft, type DraftMessages, type ProviderDraft } from './provider-draft.ts';
import { adminGroupsMissing } from './provider-edit.ts';

export interface NewProvider {
  readonly draft: ProviderDraft;
  readonly credential: CredentialDraft;
  readonly portalAccess: GroupMapping;
  readonly asksForAdmin: boolean;
}

export interface NewProviderMessages {
  readonly registration: DraftMessages;
  readonly credential: CredentialMessages;
  readonly adminGroups: string | undefined;
}

type CheckedProvider =
  | { readonly body: BodyInputOf<typeof createProvider>; readonly messages: null }
  | { readonly body: null; readonly messages: NewProviderMessages };

/** The request that a new provider makes, or everything that is missing or wrong in it. */
export function checkNewProvider(entered: NewProvider, now: number): CheckedProvider {
  const { draft, portalAccess, asksForAdmin } = entered;
  const checked = checkDraft(draft);
  const credential =
    draft.type === 'web'
      ? checkCredential(entered.credential, now)
      : { input: null, messages: null };
  const adminGroups = adminGroupsMissing(asksForAdmin ? portalAccess : null);
  if (checked.registration === null || credential.messages !== null || adminGroups !== undefined) {
    return {
      body: null,
      messages: {
        registration: checked.messages ?? {},
        credential: credential.messages ?? {},
        adminGroups,
      },
    };
  }
  return {
    body: {
      registration: checked.registration,
      ...(credential.input === null ? {} : { credential: credential.input }),
      ...(asksForAdmin ? { portalAccess: mappingAnswer(portalAccess) } : {}),
    },
    messages: null,
  };
}
