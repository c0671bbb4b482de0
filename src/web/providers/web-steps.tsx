import { groupReadScope, webSignInScopes } from '../../domain/web-sign-in.ts';
import { EntraStep, EntraSteps } from './entra-steps.tsx';
import { EntraValue, EntraValues } from './entra-value.tsx';
import type { ProviderDraft } from './provider-draft.ts';

interface WebStepsProps {
  readonly draft: ProviderDraft;
  readonly kind: 'secret' | 'certificate';
  readonly redirectUris: { readonly web: string; readonly frontChannelLogout: string };
}

const claims = [
  'email',
  'upn',
  'given_name',
  'family_name',
  'xms_edov',
  'sid',
  'login_hint',
] as const;

/** A web application, step by step. It needs neither implicit tokens nor anything of SAML. */
export function WebSteps({ draft, kind, redirectUris }: WebStepsProps) {
  return (
    <EntraSteps>
      <EntraStep where={['App registrations', 'New registration']}>
        Name: for example <EntraValue text="Gatehouse" what="the name" />. Supported account types:{' '}
        <b>
          {draft.multitenant
            ? 'Accounts in any organizational directory (Multitenant)'
            : 'Accounts in this organizational directory only (Single tenant)'}
        </b>
        . Redirect URI: platform <b>Web</b>,{' '}
        <EntraValue text={redirectUris.web} what="the redirect URI" />. Then Register.
      </EntraStep>
      <EntraStep where={['Overview']}>
        Copy the <b>Application (client) ID</b> and the <b>Directory (tenant) ID</b> into the form.
      </EntraStep>
      {kind === 'secret' ? (
        <EntraStep where={['Certificates & secrets', 'Client secrets', 'New client secret']}>
          Choose when it expires, then Add. Copy the <b>Value</b> into the form at once: Entra never
          shows it again. The <b>Secret ID</b> beside it is of no use here.
        </EntraStep>
      ) : (
        <EntraStep where={['Certificates & secrets', 'Certificates', 'Upload certificate']}>
          Upload the certificate, without its private key. Enter both in the form.
        </EntraStep>
      )}
      {draft.usesGroups && (
        <EntraStep where={['Token configuration', 'Add groups claim']}>
          Tick <b>Security groups</b>; for the ID token, <b>Group ID</b>.
        </EntraStep>
      )}
      <EntraStep where={['Token configuration', 'Add optional claim']}>
        Token type <b>ID</b>: <EntraValues kind="claim" texts={claims} />. Where Entra offers to
        turn the Microsoft Graph permissions on, accept. A claim that isn’t in the list is added
        under <b>Manifest</b>, <code>optionalClaims</code>, <code>idToken</code>.
      </EntraStep>
      <EntraStep where={['API permissions', 'Add a permission', 'Microsoft Graph', 'Delegated']}>
        <EntraValues
          kind="permission"
          texts={draft.usesGroups ? [...webSignInScopes, groupReadScope] : webSignInScopes}
        />
        . Then <b>Grant admin consent</b>.
      </EntraStep>
      <EntraStep where={['Authentication', 'Front-channel logout URL']}>
        <EntraValue text={redirectUris.frontChannelLogout} what="the front-channel logout URL" />,
        so that who signs out of Microsoft elsewhere is signed out here too.
      </EntraStep>
    </EntraSteps>
  );
}
