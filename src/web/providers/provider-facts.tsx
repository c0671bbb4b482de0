import type { Provider } from '../../contract/sign-in-providers.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { Panel } from '../ui/panel.tsx';
import { Timestamp } from '../ui/timestamp.tsx';
import { typeLabels } from '../ui/provider-labels.ts';

/** What serves; before the first verification, what was entered. */
export function ProviderFacts({ provider }: { provider: Provider }) {
  const { type, status, issuerUrl, verified, draft, verifiedAt, verifiedBy, primary, createdAt } =
    provider;
  const registration = verified ?? draft;
  return (
    <Panel title={verified === null ? 'What was entered' : 'What was verified'}>
      <Facts>
        <Fact term="Type">{typeLabels[type]}</Fact>
        <Fact term="Issuer URL">{issuerUrl}</Fact>
        <Fact term="Tenant ID">
          <Id
            value={registration?.tenantId ?? null}
            what="the tenant ID"
            none="Pinned by the verification"
          />
        </Fact>
        <Fact term="Client ID">
          <Id value={registration?.clientId ?? null} what="the client ID" none="–" />
        </Fact>
        {registration?.type === 'spa' && registration.apiClientId !== registration.clientId && (
          <Fact term="API client ID">
            <Id value={registration.apiClientId} what="the API client ID" none="–" />
          </Fact>
        )}
        {registration?.type === 'web' && (
          <>
            <Fact term="Supported account types">
              {registration.multitenant
                ? 'Any organization (multitenant); only the pinned tenant gets in'
                : 'This organization only (single tenant)'}
            </Fact>
            <Fact term="Groups give roles">{registration.usesGroups ? 'Yes' : 'No'}</Fact>
          </>
        )}
        <Fact term="SSO Sign-in">
          {status === 'active' ? signInWords(primary) : 'Doesn’t offer it'}
        </Fact>
        {createdAt !== null && (
          <Fact term="Created">
            <Timestamp value={createdAt} />
          </Fact>
        )}
        {verifiedAt !== null && (
          <Fact term="Verified">
            <Timestamp value={verifiedAt} />
            {verifiedBy !== null && ` by ${verifiedBy}`}
          </Fact>
        )}
      </Facts>
    </Panel>
  );
}

function signInWords(primary: boolean): string {
  return primary ? 'Uses this provider' : 'Uses another one; this stands below it';
}

function Id({ value, what, none }: { value: string | null; what: string; none: string }) {
  if (value === null) return none;
  return (
    <>
      {value} <CopyButton value={value} what={what} />
    </>
  );
}
