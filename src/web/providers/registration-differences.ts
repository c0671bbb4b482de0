import type { ProviderDraft } from './provider-draft.ts';

export interface RegistrationDifference {
  readonly label: string;
  readonly one: string;
  readonly other: string;
}

/** What differs between two versions of a registration, in words. */
export function registrationDifferences(
  one: ProviderDraft,
  other: ProviderDraft,
): RegistrationDifference[] {
  return facts(one)
    .map(([label, text], index) => ({ label, one: text, other: facts(other)[index]?.[1] ?? '' }))
    .filter((difference) => difference.one !== difference.other);
}

function facts(draft: ProviderDraft): (readonly [string, string])[] {
  const { type, name, tenantId, clientId, apiClientId, multitenant, usesGroups } = draft;
  const common = [
    ['Name', name.trim()],
    ['Tenant ID', tenantId.trim() === '' ? 'Pinned by the verification' : idOf(tenantId)],
    ['Client ID', idOf(clientId)],
  ] as const;
  if (type === 'spa') return [...common, ['API client ID', idOf(apiClientId) || idOf(clientId)]];
  return [
    ...common,
    ['Accounts', multitenant ? 'Any organization (multitenant)' : 'This organization only'],
    ['Groups give roles', usesGroups ? 'Yes' : 'No'],
  ];
}

function idOf(text: string): string {
  return text.trim().toLowerCase();
}
