import { EntraStep, EntraSteps } from './entra-steps.tsx';
import { EntraValue, EntraValues } from './entra-value.tsx';
import type { ProviderDraft } from './provider-draft.ts';

/** A single-page application, step by step. One registration can serve as page and as API. */
export function SpaSteps({ draft, redirectUri }: { draft: ProviderDraft; redirectUri: string }) {
  const api = draft.apiClientId.trim() || draft.clientId.trim() || '<client ID>';
  return (
    <EntraSteps note="With a registration of its own for the API, exposing it, the manifest and the token configuration belong to that one.">
      <EntraStep where={['App registrations', 'New registration']}>
        Name: for example <EntraValue text="Gatehouse" what="the name" />. Supported account types:{' '}
        <b>Accounts in this organizational directory only (Single tenant)</b>. Redirect URI:
        platform <b>Single-page application (SPA)</b>,{' '}
        <EntraValue text={redirectUri} what="the redirect URI" />. Then Register. Entra confirms
        that it is eligible for the Authorization Code Flow with PKCE.
      </EntraStep>
      <EntraStep where={['Overview']}>
        Copy the <b>Application (client) ID</b> and the <b>Directory (tenant) ID</b> into the form.
      </EntraStep>
      <EntraStep where={['Expose an API', 'Add a scope']}>
        Application ID URI <EntraValue text={`api://${api}`} what="the application ID URI" />, scope{' '}
        <EntraValue text="access_as_user" what="the scope" />, for admins and users.
      </EntraStep>
      <EntraStep where={['Manifest']}>
        <EntraValue text={'"requestedAccessTokenVersion": 2'} what="the manifest entry" />
      </EntraStep>
      <EntraStep where={['Token configuration', 'Add groups claim']}>
        Tick <b>Security groups</b>; for the access token, <b>Group ID</b>.
      </EntraStep>
      <EntraStep where={['Token configuration', 'Add optional claim']}>
        Token type <b>Access</b>:{' '}
        <EntraValues
          kind="claim"
          texts={['email', 'upn', 'given_name', 'family_name', 'xms_edov']}
        />
        . A claim that isn’t in the list is added under <b>Manifest</b>, <code>optionalClaims</code>
        , <code>accessToken</code>.
      </EntraStep>
      <EntraStep where={['API permissions', 'Add a permission', 'Microsoft Graph', 'Delegated']}>
        <EntraValues kind="permission" texts={['User.Read', 'GroupMember.Read.All']} />, and the
        scope <code>access_as_user</code> of the API under My APIs. Then <b>Grant admin consent</b>.
      </EntraStep>
    </EntraSteps>
  );
}
