import {
  calculateJwkThumbprint,
  CompactSign,
  exportJWK,
  generateKeyPair,
  type CryptoKey,
} from 'jose';
import { bundleType, type Bundle, type PublicKey } from '../contract/gate-protocol.ts';

/** Signs bundles as a portal does. */
export interface BundleSigner {
  readonly publicKey: PublicKey;
  readonly sign: (content: unknown, header?: Readonly<Record<string, string>>) => Promise<string>;
}

export async function newSigner(): Promise<BundleSigner> {
  const { privateKey, publicKey: own } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
  const publicKey = await publicJwk(own);
  // As the portal's own: it stands on a command line, where this would be an option.
  if (publicKey.kid.startsWith('-')) return newSigner();
  const sign: BundleSigner['sign'] = (content, header = {}) =>
    new CompactSign(new TextEncoder().encode(JSON.stringify(content)))
      .setProtectedHeader({ alg: 'EdDSA', typ: bundleType, kid: publicKey.kid, ...header })
      .sign(privateKey);
  return { publicKey, sign };
}

async function publicJwk(key: CryptoKey): Promise<PublicKey> {
  const { x = '' } = await exportJWK(key);
  const jwk = { kty: 'OKP', crv: 'Ed25519', x } as const;
  return { ...jwk, kid: await calculateJwkThumbprint(jwk) };
}

const sensorId = '77777777-0000-4000-8000-000000000001';
export const sampleGate = {
  portalUrl: 'https://gatehouse.example.com',
  gateId: '88888888-0000-4000-8000-000000000001',
  sensorId,
} as const;

/** A whole bundle, good for 30 days from now. */
export function sampleBundle(keys: readonly PublicKey[], changes: Partial<Bundle> = {}): Bundle {
  const number = changes.number ?? 1;
  const iat = Math.floor(Date.now() / 1000);
  return {
    iss: sampleGate.portalUrl,
    aud: sampleGate.gateId,
    sub: sensorId,
    iat,
    exp: iat + 30 * 86_400,
    number,
    tag: `tag-${number}`,
    sensor: {
      id: sensorId,
      name: 'ANT-B2-07',
      siteName: 'Antwerp',
      zoneName: 'Bottling 2',
      subscriptionName: 'Production',
      version: '24.1.5',
    },
    setting: null,
    entra: {
      loginUrl: 'https://login.microsoftonline.com',
      graphUrl: 'https://graph.microsoft.com',
    },
    sessions: { idleMinutes: 30, totalMinutes: 480 },
    revocations: [],
    portalKeys: [...keys],
    ...changes,
  };
}
