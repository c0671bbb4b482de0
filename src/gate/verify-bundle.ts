import { compactVerify, decodeProtectedHeader, errors, importJWK } from 'jose';
import { bundle, bundleType, type Bundle, type PublicKey } from '../contract/gate-protocol.ts';
import { clockProblem } from '../domain/clock.ts';

/** A bundle that must not come into force. `code` is stable and goes to the portal with `message`. */
export class BundleError extends Error {
  override readonly name = 'BundleError';
  readonly code: BundleFault;
  /** What the bundle called itself, where it could be read and its signature was good. */
  readonly tag: string | null;

  constructor(code: BundleFault, message: string, tag: string | null = null) {
    super(message);
    this.code = code;
    this.tag = tag;
  }
}

export type BundleFault =
  | 'bundle_malformed'
  | 'bundle_unknown_key'
  | 'bundle_signature'
  | 'bundle_portal'
  | 'bundle_gate'
  | 'bundle_sensor'
  | 'bundle_older'
  | 'bundle_expired'
  | 'clock_off';

export interface VerifiedBundle {
  readonly bundle: Bundle;
  /** The key that signed it. */
  readonly signer: PublicKey;
  /** The compact JWS, as it came. */
  readonly jws: string;
}

export interface BundleExpectations {
  readonly portalUrl: string;
  readonly gateId: string;
  readonly sensorId: string;
  readonly keys: readonly PublicKey[];
}

/** Checks who signed a bundle, and for whom. Throws BundleError. Neither its age nor its number counts. */
export async function verifyBundle(
  jws: string,
  expected: BundleExpectations,
): Promise<VerifiedBundle> {
  const signer = signerOf(jws, expected.keys);
  const content = parse(await verifiedPayload(jws, signer));
  const mismatch = (code: BundleFault, what: string, found: string, wanted: string): never => {
    throw new BundleError(code, `It is for ${what} ${found}, not ${wanted}.`, content.tag);
  };
  if (content.iss !== expected.portalUrl)
    mismatch('bundle_portal', 'the portal', content.iss, expected.portalUrl);
  if (content.aud !== expected.gateId)
    mismatch('bundle_gate', 'the gate', content.aud, expected.gateId);
  if (content.sub !== expected.sensorId || content.sensor.id !== expected.sensorId)
    mismatch('bundle_sensor', 'the sensor', content.sub, expected.sensorId);
  return { bundle: content, signer, jws };
}

function signerOf(jws: string, keys: readonly PublicKey[]): PublicKey {
  let kid: unknown;
  try {
    const header = decodeProtectedHeader(jws);
    if (header.typ !== bundleType || header.alg !== 'EdDSA') throw new Error('not a bundle');
    kid = header.kid;
  } catch {
    throw new BundleError('bundle_malformed', 'What came is no signed bundle.');
  }
  const signer = keys.find((key) => key.kid === kid);
  if (signer !== undefined) return signer;
  throw new BundleError(
    'bundle_unknown_key',
    'It is signed with a key that this gate doesn’t trust. If the portal has new keys, enrol again.',
  );
}

async function verifiedPayload(jws: string, signer: PublicKey): Promise<string> {
  try {
    const key = await importJWK(signer, 'EdDSA');
    const { payload } = await compactVerify(jws, key, { algorithms: ['EdDSA'] });
    return new TextDecoder('utf-8', { fatal: true }).decode(payload);
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) {
      throw new BundleError('bundle_signature', 'It was changed after the portal signed it.');
    }
    throw new BundleError('bundle_malformed', 'What came is no signed bundle.');
  }
}

function parse(payload: string): Bundle {
  try {
    return bundle.parse(JSON.parse(payload));
  } catch {
    // Signed by the portal all the same: it speaks a newer form than this software knows.
    throw new BundleError(
      'bundle_malformed',
      'Its content isn’t what this version of the gate understands: update the gate’s software.',
    );
  }
}

/** How far bundles have come: what is in force may never go back behind it. */
export interface Progress {
  readonly number: number;
  /** Seconds since 1970. */
  readonly iat: number;
}

/** Throws BundleError where a bundle is older than what this gate had, or is over. */
export function checkProgress({ number, iat, tag }: Bundle, reached: Progress | null): void {
  if (reached === null || number > reached.number) return;
  if (number === reached.number && iat >= reached.iat) return;
  throw new BundleError(
    'bundle_older',
    `Its number is ${number}; this gate has had ${reached.number} already.`,
    tag,
  );
}

/** `now`: milliseconds by the own clock; `clockOffset`: how far that is ahead, where known. */
export function checkExpiry({ exp, tag }: Bundle, now: number, clockOffset: number | null): void {
  if (exp * 1000 > now) return;
  const clock = clockOffset === null ? null : clockProblem(clockOffset);
  if (clock !== null) {
    throw new BundleError(
      'clock_off',
      `By this machine’s clock it has expired; but that clock is ${clock}. Set it right.`,
      tag,
    );
  }
  throw new BundleError(
    'bundle_expired',
    `It was good until ${new Date(exp * 1000).toISOString()}.`,
    tag,
  );
}
