import { generateKeyPair, randomBytes, sign, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

export interface Certificate {
  /** PEM. */
  readonly cert: string;
  readonly key: string;
}

export interface CertificateOptions {
  /** `rsa` for one that signs client assertions; `ec` unless given, as its issuer's. */
  readonly keys?: 'ec' | 'rsa';
  /** Of an RSA key; 2048 unless given. */
  readonly bits?: number;
  /** Host names; `localhost` unless given. */
  readonly names?: readonly string[];
  readonly from?: Date;
  readonly until?: Date;
  /** Who signs; the certificate itself unless given. */
  readonly issuer?: { readonly name: string; readonly key: string };
}

const day = 86_400_000;

/**
 * A real certificate (X.509 version 3, ECDSA on P-256 or RSA) for host names and 127.0.0.1:
 * self-signed, valid from yesterday and for 90 days, unless said otherwise. Written in DER here: no
 * program that a machine may lack makes one that has expired already.
 */
export async function makeCertificate(options: CertificateOptions = {}): Promise<Certificate> {
  const { names = ['localhost'], issuer } = options;
  const { from = new Date(Date.now() - day), until = new Date(Date.now() + 90 * day) } = options;
  const rsa = options.keys === 'rsa';
  const pair = rsa
    ? await promisify(generateKeyPair)('rsa', { modulusLength: options.bits ?? 2048 })
    : await promisify(generateKeyPair)('ec', { namedCurve: 'P-256' });
  const algorithm = rsa ? rsaWithSha256 : ecdsaWithSha256;
  const [name = 'localhost'] = names;
  const alternatives = sequence(
    ...names.map((name) => der(0x82, name)),
    der(0x87, Buffer.from([127, 0, 0, 1])),
  );
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([0x40]), randomBytes(15)])),
    algorithm,
    distinguished(issuer?.name ?? name),
    sequence(utcTime(from), utcTime(until)),
    distinguished(name),
    pair.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(subjectAlternativeName, der(0x04, alternatives)))),
  );
  const signature = sign('sha256', body, issuer?.key ?? pair.privateKey);
  const whole = sequence(body, algorithm, der(0x03, Buffer.from([0]), signature));
  return { cert: pem('CERTIFICATE', whole), key: keyPem(pair.privateKey) };
}

function distinguished(name: string): Buffer {
  return sequence(der(0x31, sequence(commonName, der(0x0c, name))));
}

function der(tag: number, ...parts: readonly (Buffer | string)[]): Buffer {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const { length } = content;
  const size =
    length < 0x80
      ? [length]
      : length < 0x100
        ? [0x81, length]
        : [0x82, Math.floor(length / 0x100), length % 0x100];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, ...parts);
}

const ecdsaWithSha256 = sequence(der(0x06, Buffer.from('2a8648ce3d040302', 'hex')));
const rsaWithSha256 = sequence(der(0x06, Buffer.from('2a864886f70d01010b', 'hex')), der(0x05));
const commonName = der(0x06, Buffer.from('550403', 'hex'));
const subjectAlternativeName = der(0x06, Buffer.from('551d11', 'hex'));

/** `YYMMDDHHMMSSZ`: what RFC 5280 asks for until 2049. */
function utcTime(date: Date): Buffer {
  const digits = date.toISOString().replaceAll(/[^0-9]/gu, '');
  return der(0x17, `${digits.slice(2, 14)}Z`);
}

function pem(label: string, content: Buffer): string {
  const lines = content.toString('base64').match(/.{1,64}/gu) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

function keyPem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
