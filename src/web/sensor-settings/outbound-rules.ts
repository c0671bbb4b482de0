import { z } from 'zod';
import type { SpaProvider } from '../../contract/configuration.ts';

export interface OutboundRule {
  readonly address: string;
  readonly purpose: string;
  /** Protocol and port, as a firewall's rule names them: "HTTPS 443". */
  readonly service: string;
}

/**
 * Where sensors must be let out to: Microsoft Graph and the sign-in of the cloud that
 * the portal is set up for; those of the public cloud before it is.
 */
export function outboundRules(
  provider: Pick<SpaProvider, 'authorityMetadata' | 'graphUrl'> | null,
): OutboundRule[] {
  const signIn = signInAddress(provider?.authorityMetadata);
  return [
    rule('Microsoft Graph', provider?.graphUrl, 'https://graph.microsoft.com'),
    rule('MSAL, the sign-in', signIn, 'https://login.microsoftonline.com'),
  ];
}

function rule(purpose: string, address: string | undefined, otherwise: string): OutboundRule {
  const { origin, protocol, port } = new URL(originOf(address, otherwise));
  const service = protocol === 'https:' ? `HTTPS ${port || 443}` : `HTTP ${port || 80}`;
  return { address: origin, purpose, service };
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
