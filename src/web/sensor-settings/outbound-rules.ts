import { z } from 'zod';
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
  provider: Pick<SpaProvider, 'authorityMetadata' | 'graphUrl'> | null,
): OutboundRule[] {
  return [
    {
      address: originOf(provider?.graphUrl, 'https://graph.microsoft.com'),
      purpose: 'Microsoft Graph',
    },
    {
      address: originOf(
        signInAddress(provider?.authorityMetadata),
        'https://login.microsoftonline.com',
      ),
      purpose: 'MSAL, the sign-in',
    },
  ];
}

function originOf(address: string | undefined, otherwise: string): string {
  return address !== undefined && URL.canParse(address) ? new URL(address).origin : otherwise;
}

const endpoints = z.object({ authorization_endpoint: z.string() });

/** Where the browser is really sent; the authority's own string can't say `http` (see MSAL). */
function signInAddress(authorityMetadata: string | undefined): string | undefined {
  try {
    return endpoints.safeParse(JSON.parse(authorityMetadata ?? 'null')).data
      ?.authorization_endpoint;
  } catch {
    return undefined;
  }
}
