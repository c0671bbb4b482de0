// Gates without a console, by the thousand: keys, signed assertions, and what they do with bundles.
// A generator must not be what is measured: no HTTP client, but bytes written to sockets.
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { connect } from 'node:net';
import {
  assertionLifetime,
  assertionScheme,
  assertionType,
} from '../dist/contract/gate-protocol.js';

/** What stands before the 32 bytes of an Ed25519 private key in PKCS #8 (RFC 8410). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Gate number `index`: the same in every process of a run, so that nothing has to be handed over. */
export function simulatedGate(index) {
  const seed = createHash('sha256').update(`gate ${index}`).digest();
  const key = createPrivateKey({
    key: Buffer.concat([pkcs8, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const { x } = createPublicKey(key).export({ format: 'jwk' });
  // RFC 7638: the members in alphabetical order.
  const members = JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x });
  const kid = createHash('sha256').update(members).digest('base64url');
  const publicKey = { kty: 'OKP', crv: 'Ed25519', x, kid };
  return {
    index,
    id: simulatedId('gate', index),
    sensorId: simulatedId('sensor', index),
    key,
    publicKey,
  };
}

/** A version 4 UUID that depends on its name alone. */
export function simulatedId(kind, index) {
  const hex = createHash('sha256').update(`${kind} id ${index}`).digest('hex');
  const variant = ((Number.parseInt(hex[16], 16) & 3) | 8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ].join('-');
}

const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
let assertions = 0;

/** An assertion for one request (gate-protocol.ts), good from now on. */
export function assertion(gate, portalUrl, method, path, body) {
  gate.header ??= encoded({ alg: 'EdDSA', typ: assertionType, kid: gate.publicKey.kid });
  const iat = Math.floor(Date.now() / 1000);
  const claims = {
    iss: gate.id,
    aud: portalUrl,
    iat,
    exp: iat + assertionLifetime,
    jti: `${process.pid}-${(assertions += 1).toString().padStart(16, '0')}`,
    htm: method,
    htu: path,
    ...(body !== undefined && { bh: createHash('sha256').update(body).digest('base64url') }),
  };
  const signed = `${gate.header}.${encoded(claims)}`;
  return `${signed}.${sign(null, Buffer.from(signed), gate.key).toString('base64url')}`;
}

/**
 * A whole request of a gate, as bytes. `wait`: seconds to hold it open; absent: none. `signed`: an
 * assertion made before.
 */
export function gateRequest(gate, portalUrl, { method = 'GET', path, etag, wait, body, signed }) {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `Host: ${new URL(portalUrl).host}`,
    `Authorization: ${assertionScheme} ${signed ?? assertion(gate, portalUrl, method, path, body)}`,
  ];
  if (etag !== undefined) lines.push(`If-None-Match: ${etag}`);
  if (wait !== undefined) lines.push(`Prefer: wait=${wait}`);
  if (body !== undefined) {
    lines.push('Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`);
  }
  return `${lines.join('\r\n')}\r\n\r\n${body ?? ''}`;
}

/** Loopback addresses, one for each gate up to 65,000: as many ports as it takes, and no shared limits. */
export const sourceAddress = (index) => `127.1.${(index >> 8) & 255}.${index & 255}`;

/**
 * A connection to the portal that stays. `ask` sends a request and calls back with
 * `{ status, etag, body }` (`body` a Buffer); one at a time. `onLost` is told when it ends.
 */
export function openConnection({ port, localAddress, onLost }) {
  const socket = connect({ host: '127.0.0.1', port, localAddress, noDelay: true });
  let waiting = null;
  let received = null;
  socket.on('data', (chunk) => {
    received = received === null ? chunk : Buffer.concat([received, chunk]);
    const answer = readAnswer(received);
    if (answer === null) return;
    received = null;
    const callback = waiting;
    waiting = null;
    callback?.(answer);
  });
  socket.on('error', () => undefined);
  socket.on('close', () => onLost(waiting !== null));
  return {
    ask(bytes, callback) {
      waiting = callback;
      socket.write(bytes);
    },
    end: () => socket.destroy(),
  };
}

/** Null: not all of it is there yet. Throws on what a portal shouldn't send. */
function readAnswer(bytes) {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) return null;
  const head = bytes.latin1Slice(0, end);
  const status = Number(head.slice(9, 12));
  if (/^transfer-encoding:/im.test(head)) throw new Error(`An answer without a length:\n${head}`);
  const empty = status === 304 || status === 204;
  const length = empty ? 0 : Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  if (bytes.length < end + 4 + length) return null;
  const etag = /^etag: *(\S+)/im.exec(head)?.[1];
  return { status, etag, body: bytes.subarray(end + 4, end + 4 + length) };
}

/** The content of a bundle. With `keys`, the signature is verified too; throws where it is wrong. */
export function readBundle(bytes, gate, keys) {
  const text = bytes.latin1Slice();
  const [header, payload, signature] = text.split('.');
  const content = JSON.parse(Buffer.from(payload, 'base64url').toString());
  if (content.sub !== gate.sensorId || content.aud !== gate.id) {
    throw new Error(`Gate ${gate.index} received the bundle of ${content.aud}.`);
  }
  if (keys !== undefined) {
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString());
    const signed = Buffer.from(`${header}.${payload}`);
    const key = keys.get(kid);
    if (key === undefined || !verify(null, signed, key, Buffer.from(signature, 'base64url'))) {
      throw new Error(`The signature of gate ${gate.index}'s bundle is wrong.`);
    }
  }
  return content;
}

/** The portal's signing keys, by their thumbprints. */
export async function portalKeys(portalUrl, path) {
  const answer = await fetch(`${portalUrl}${path}`);
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  const { keys } = await answer.json();
  const imported = keys.map(({ kty, crv, x, kid }) => [
    kid,
    createPublicKey({ key: { kty, crv, x }, format: 'jwk' }),
  ]);
  return new Map(imported);
}
