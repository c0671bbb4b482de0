import type { GroupMapping, GroupReference } from '../../domain/group-mapping.ts';

export interface CandidateDraft {
  readonly tenantId: string;
  readonly clientId: string;
  readonly apiClientId: string;
  readonly portalAccess: GroupMapping;
}

export type CandidateErrors = Partial<Record<keyof CandidateDraft, string>>;

export interface CandidateBody {
  readonly tenantId: string;
  readonly clientId: string;
  readonly apiClientId?: string;
  readonly portalAccess: Record<keyof GroupMapping, GroupReference[]>;
}

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;

/** What is missing or wrong, by field, before the server is asked; `body` is null where anything is. */
export function checkCandidate(draft: CandidateDraft): {
  readonly errors: CandidateErrors;
  readonly body: CandidateBody | null;
} {
  const errors: CandidateErrors = {};
  const ids = {
    tenantId: draft.tenantId.trim(),
    clientId: draft.clientId.trim(),
    apiClientId: draft.apiClientId.trim(),
  };
  for (const name of ['tenantId', 'clientId', 'apiClientId'] as const) {
    const optional = name === 'apiClientId';
    if (ids[name] === '' && !optional) errors[name] = 'Enter it as Entra ID shows it.';
    else if (ids[name] !== '' && !guid.test(ids[name])) {
      errors[name] = 'This isn’t an ID such as 6f1c8a52-3b1e-4c3d-9d0e-2a7b51c0f9ee.';
    }
  }
  if (draft.portalAccess.admin.length === 0) {
    errors.portalAccess = 'Choose at least one group, or nobody could administer the portal.';
  }
  if (Object.keys(errors).length > 0) return { errors, body: null };
  const { admin, securityAnalyst, readOnly } = draft.portalAccess;
  const portalAccess = {
    admin: [...admin],
    securityAnalyst: [...securityAnalyst],
    readOnly: [...readOnly],
  };
  const { tenantId, clientId, apiClientId } = ids;
  return {
    errors,
    body: { tenantId, clientId, portalAccess, ...(apiClientId === '' ? {} : { apiClientId }) },
  };
}
