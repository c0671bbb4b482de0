import type { VerificationCheck } from '../../contract/provider-verification.ts';
import type { WebRegistration } from '../../contract/sign-in-providers.ts';
import { explainAadsts } from '../../domain/aadsts.ts';
import type { GroupMapping } from '../../domain/group-mapping.ts';
import {
  groupReadScope,
  webSignInScopes,
  type WebSignInFailure,
} from '../../domain/web-sign-in.ts';
import type { WebPerson, WebTokens } from '../../entra/web-client.ts';
import type { WebSignInError } from '../../entra/web-sign-in-error.ts';
import { adminCheck, failed, groupsCheck, passed, profileCheck, skipped } from './checks.ts';
import { personCheck, type ExpectedPerson } from './person-check.ts';

export const webChecks = [
  'response',
  'credential',
  'tenant',
  'consent',
  'email',
  'profile',
  'person',
  'groups',
] as const;

/** The last one where portal access comes into force together with the provider. */
export function webCheckNames(
  portalAccess: GroupMapping | null,
): readonly VerificationCheck['name'][] {
  return portalAccess === null ? webChecks : [...webChecks, 'admin'];
}

export interface WebTrial {
  readonly registration: WebRegistration;
  readonly credentialKind: 'secret' | 'certificate';
  /** Null: what is in force stays. */
  readonly portalAccess: GroupMapping | null;
  readonly expected: ExpectedPerson;
  readonly readGroups: (token: string, objectId: string) => Promise<readonly string[]>;
}

/** The checks of a sign-in that worked, one after the other, each as soon as it is known. */
export async function* checkTokens(
  { person, accessToken, scopes }: WebTokens,
  trial: WebTrial,
): AsyncGenerator<VerificationCheck> {
  const { registration, portalAccess } = trial;
  yield passed('response', 'Microsoft answered, and its ID token holds.');
  yield passed('credential', `Microsoft accepted the ${trial.credentialKind}.`);
  yield tenantCheck(person, registration);
  yield consentCheck(scopes, registration);
  yield emailCheck(person);
  yield profileCheck(person, 'ID');
  yield personCheck(person, trial.expected);
  if (!registration.usesGroups) {
    yield skipped('groups', 'Groups give no roles by this provider: portal users have theirs.');
    if (portalAccess !== null) {
      yield skipped('admin', 'Groups give no roles by this provider.');
    }
    return;
  }
  const found = await groupsCheck(person, 'the app registration', () =>
    trial.readGroups(accessToken, person.objectId),
  );
  yield found.check;
  if (portalAccess === null) return;
  yield found.groups === null
    ? skipped('admin', 'Not tried: the groups aren’t known.')
    : adminCheck(found.groups, portalAccess);
}

/** The tenant of personal Microsoft accounts: anybody may have one. */
const personalAccounts = '9188040d-6c67-4c5b-b112-36a304b66dad';

function tenantCheck({ tenantId }: WebPerson, registration: WebRegistration): VerificationCheck {
  if (tenantId === personalAccounts) {
    return failed(
      'tenant',
      'This is a personal Microsoft account, of no organization. Sign in with your work account.',
    );
  }
  if (registration.tenantId === null) {
    return passed('tenant', `The tenant is ${tenantId}. From now on it alone gets in.`);
  }
  return tenantId === registration.tenantId
    ? passed('tenant', `The tenant is ${tenantId}, as entered.`)
    : failed(
        'tenant',
        `You signed in from the tenant ${tenantId}, but ${registration.tenantId} was entered. Use an account of that tenant, or correct the tenant ID.`,
      );
}

/** Any of them reads groups. */
const groupReaders = [groupReadScope, 'Group.Read.All', 'Directory.Read.All'];

function consentCheck(
  scopes: readonly string[],
  { usesGroups }: WebRegistration,
): VerificationCheck {
  const granted = new Set(scopes.map((scope) => scope.toLowerCase()));
  // Entra doesn't name these among the granted ones in every case: the tokens show that they were.
  const shown = new Set<string>(['openid', 'offline_access']);
  const missing = webSignInScopes.filter(
    (scope) => !shown.has(scope) && !granted.has(scope.toLowerCase()),
  );
  if (missing.length > 0) {
    return failed(
      'consent',
      `No consent to ${missing.join(', ')}. Add them under API permissions (Microsoft Graph, delegated), then “Grant admin consent”.`,
    );
  }
  const given = 'Consent was given to what Gatehouse asks for';
  const readsGroups = groupReaders.some((scope) => granted.has(scope.toLowerCase()));
  return passed(
    'consent',
    readsGroups || !usesGroups
      ? `${given}.`
      : `${given}, but not to ${groupReadScope}: people in more than 200 groups may be refused. Add it under API permissions (Microsoft Graph, delegated), then “Grant admin consent”.`,
  );
}

function emailCheck({ email, verifiedEmail }: WebPerson): VerificationCheck {
  if (email === null) {
    return failed(
      'email',
      'The ID token has no e-mail address. Add the optional claim email under Token configuration (ID token), and fill in the person’s Email in Entra ID.',
    );
  }
  return verifiedEmail === null
    ? failed(
        'email',
        `The tenant doesn’t answer for ${email}: anybody could have typed it. Add the optional claim xms_edov under Token configuration, or use an address of a domain that is verified in the tenant.`,
      )
    : passed('email', `The address is ${verifiedEmail}, and the tenant answers for it.`);
}

/** What each failure is called where Entra named no code that says more. */
const failures: Readonly<Record<WebSignInFailure, string>> = {
  sign_in_unknown: 'The answer belongs to another sign-in. Select Verify Integration again.',
  sign_in_expired: 'The sign-in took too long. Select Verify Integration again.',
  response_incomplete:
    'Microsoft sent neither a code nor an error. Select Verify Integration again.',
  provider_refused: 'Microsoft refused the sign-in. Look it up in the Entra sign-in log.',
  credential_refused:
    'Microsoft refused the secret or certificate. Add another one: paste the secret’s Value, not its ID, or upload the certificate to the app registration.',
  id_token_invalid: 'The ID token doesn’t hold. Check the tenant ID and the client ID.',
  wrong_tenant:
    'The account belongs to another tenant than the one that was entered. Use an account of that tenant, or correct the tenant ID.',
  provider_inactive: 'The provider was retired or deleted meanwhile.',
  provider_unreachable:
    'Microsoft doesn’t answer, or too slowly. Check that the portal reaches the login address.',
  provider_answer_invalid:
    'What answers at the login address isn’t Entra ID: check it, and what stands between.',
  clock_off: 'The portal’s clock is more than five minutes off. Set it.',
  portal_unavailable: 'The portal itself failed. Select Verify Integration again.',
  too_many_requests: 'There were too many answers. Wait a minute, then select Verify Integration.',
};

const consentCodes: ReadonlySet<number> = new Set([65001, 65004, 90094]);
const tenantCodes: ReadonlySet<number> = new Set([16000, 50020, 50034, 50194, 90002, 700016]);

/** The checks as far as a sign-in came that failed: the last one says why. */
export function checksOfFailure({ code, said }: WebSignInError): VerificationCheck[] {
  const explained = said.aadsts === null ? null : explainAadsts(said.aadsts);
  const detail =
    explained === null
      ? failures[code]
      : `AADSTS${explained.number}: ${explained.meaning} ${explained.fix}`;
  const answered = passed('response', 'Microsoft answered.');
  const accepted = passed('credential', 'Microsoft accepted it.');
  if (code === 'credential_refused') return [answered, failed('credential', detail)];
  if (code === 'wrong_tenant') return [answered, accepted, failed('tenant', detail)];
  if (code === 'provider_refused') {
    const { aadsts, error } = said;
    if (aadsts !== null && tenantCodes.has(aadsts)) return [answered, failed('tenant', detail)];
    const declined = aadsts === null && (error === 'access_denied' || error === 'consent_required');
    if (declined || (aadsts !== null && consentCodes.has(aadsts))) {
      return [
        answered,
        failed(
          'consent',
          declined ? 'Consent was declined. Accept what Gatehouse asks for.' : detail,
        ),
      ];
    }
  }
  return [failed('response', detail)];
}
