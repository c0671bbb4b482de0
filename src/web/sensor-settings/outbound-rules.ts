import type { SpaProvider } from '../../contract/configuration.ts';

export interface OutboundRule {
  readonly address: string;
  readonly purpose: string;
}

/**
 * Where sensors must be let out to, HTTPS 443: Microsoft Graph and the sign-in of the cloud that
 * the portal is set up for; those of the public cloud before it is.
 */
export function outboundRules(
  provider: Pick<SpaProvider, 'authority' | 'graphUrl'> | null,
): OutboundRule[] {
  return [
    {
      address: originOf(provider?.graphUrl, 'https://graph.microsoft.com'),
      purpose: 'Microsoft Graph',
    },
    {
      address: originOf(provider?.authority, 'https://login.microsoftonline.com'),
      purpose: 'MSAL, the sign-in',
    },
  ];
}

function originOf(address: string | undefined, otherwise: string): string {
  return address !== undefined && URL.canParse(address) ? new URL(address).origin : otherwise;
}
