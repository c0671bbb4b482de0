import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { readGateConfig } from '../gate/config.ts';
import { enrolGate } from '../gate/enrol.ts';
import { createPortalTransport } from '../gate/portal-transport.ts';
import { createDispatcher } from '../gate/proxy.ts';
import { InvalidValue, readWebUrl } from '../server/config-value.ts';

const example =
  'gatehouse gate enrol --portal https://gatehouse.example.com --fingerprint … --token …';

/** `gatehouse gate enrol`: with the command that the sensor's page on the portal shows. */
export async function enrol(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      portal: { type: 'string' },
      fingerprint: { type: 'string' },
      token: { type: 'string' },
      'token-file': { type: 'string' },
      'public-url': { type: 'string' },
      'data-dir': { type: 'string' },
      replace: { type: 'boolean', default: false },
    },
  });
  const portalUrl = readPortal(values.portal);
  const fingerprint = readFingerprint(values.fingerprint);
  const token = await readToken(values.token, values['token-file'], positionals);
  const shared = ['public-url', 'data-dir'] as const;
  const config = readGateConfig(
    process.env,
    shared.flatMap((name) => (values[name] === undefined ? [] : [`--${name}`, values[name]])),
  );
  const publicUrl = config.publicUrl ?? config.localUrl;
  const dispatcher = createDispatcher(config.proxy);
  try {
    const { sensorName, siteName } = await enrolGate({
      dataDir: config.dataDir,
      portalUrl,
      fingerprint,
      token,
      publicUrl,
      replace: values.replace,
      transport: createPortalTransport(portalUrl, dispatcher, Date.now),
      now: Date.now,
    });
    console.log(
      `This is the gate of ${sensorName} (${siteName}) now. People open it by ${publicUrl}.\n` +
        (values.replace ? 'If a gate runs here, restart it.\n' : '') +
        'Start it: gatehouse gate run --upstream http://127.0.0.1:3000   (the address of the console)',
    );
  } finally {
    await dispatcher.close();
  }
}

function readPortal(value: string | undefined): string {
  if (value === undefined) throw new Error(`--portal is missing. Example: ${example}`);
  try {
    return readWebUrl(value, { path: false });
  } catch (error) {
    if (!(error instanceof InvalidValue)) throw error;
    throw new Error(`--portal ${error.message}.`, { cause: error });
  }
}

function readFingerprint(value: string | undefined): string {
  if (value !== undefined && /^[\w-]{43}$/u.test(value)) return value;
  throw new Error(
    `--fingerprint ${value === undefined ? 'is missing' : 'is not 43 letters and digits'}: take the whole command ` +
      'that the sensor’s page on the portal shows. Without it, anybody in between could pose as the portal.',
  );
}

/** A token on the command line can be read by every account of the machine while the command runs. */
async function readToken(
  token: string | undefined,
  file: string | undefined,
  [dash, ...more]: readonly string[],
): Promise<string> {
  const given = [token, file, dash].filter((each) => each !== undefined);
  if (given.length !== 1 || more.length > 0 || (dash ?? '-') !== '-') {
    throw new Error(
      `Give the token in one way: --token T, --token-file FILE, or - for the standard input. Example: ${example}`,
    );
  }
  const found =
    token ?? (file === undefined ? await text(process.stdin) : await readFile(file, 'utf8'));
  if (found.trim() === '') throw new Error('The token is empty.');
  return found.trim();
}
