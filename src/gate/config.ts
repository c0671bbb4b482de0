import { parseArgs } from 'node:util';
import {
  InvalidValue,
  readHost,
  readOneOf,
  readPath,
  readPort,
  readProxies,
  readWebUrl,
} from '../server/config-value.ts';
import { logLevels, readVariables, type LogLevel } from '../server/read-variables.ts';
import { readTransport, type TlsSetting } from '../server/transport.ts';
import { readConsoleHeaders, type ConsoleHeader } from './http/console-headers.ts';

/** What a gate is told by its flags and its environment. URLs have no trailing slash. */
export interface GateConfig {
  /** Origin of the console; null: forward auth only. */
  readonly upstream: string | null;
  readonly host: string;
  readonly port: number;
  /** The origin that browsers see; null: as it was said at the enrolment. */
  readonly publicUrl: string | null;
  /** The origin where nobody has said any. */
  readonly localUrl: string;
  /** Absolute. */
  readonly dataDir: string;
  readonly logLevel: LogLevel;
  /** Reverse proxies (addresses or networks) whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** Null: plain http, on loopback or behind a proxy. */
  readonly tls: TlsSetting | null;
  /** Whether the console gets a signed assertion of who is asking. */
  readonly assertions: boolean;
  /** Headers that the console reads besides Gatehouse's own. */
  readonly headers: readonly ConsoleHeader[];
  readonly proxy: ProxyConfig;
}

/** How to get out, by the variables that everything else on the machine goes by as well. */
export interface ProxyConfig {
  readonly httpProxy: string | null;
  readonly httpsProxy: string | null;
  /** Hosts that are reached without, separated by commas. */
  readonly noProxy: string;
}

const examples = {
  GATEHOUSE_GATE_UPSTREAM: 'http://127.0.0.1:3000',
  GATEHOUSE_GATE_HOST: '0.0.0.0',
  GATEHOUSE_GATE_PORT: '8090',
  GATEHOUSE_GATE_PUBLIC_URL: 'https://sensor-07.plant.example.com',
  GATEHOUSE_GATE_DATA_DIR: '/var/lib/gatehouse-gate',
  GATEHOUSE_GATE_LOG_LEVEL: 'info',
  GATEHOUSE_GATE_TRUST_PROXY: '127.0.0.1',
  GATEHOUSE_GATE_TLS_CERT_FILE: '/etc/gatehouse/sensor.crt',
  GATEHOUSE_GATE_TLS_KEY_FILE: '/etc/gatehouse/sensor.key',
  GATEHOUSE_GATE_ASSERTIONS: 'on',
  GATEHOUSE_GATE_CONSOLE_HEADERS:
    'X-WEBAUTH-USER=user,X-WEBAUTH-ROLE=role(admin=Admin,securityAnalyst=Editor,readOnly=Viewer)',
  HTTP_PROXY: 'http://proxy.example.com:3128',
  HTTPS_PROXY: 'http://proxy.example.com:3128',
  NO_PROXY: 'localhost,.plant.example.com',
} as const;

type Variable = keyof typeof examples;

/** The variables that say how a gate is reached. */
export const gateTransportNames = {
  host: 'GATEHOUSE_GATE_HOST',
  cert: 'GATEHOUSE_GATE_TLS_CERT_FILE',
  key: 'GATEHOUSE_GATE_TLS_KEY_FILE',
  publicUrl: 'GATEHOUSE_GATE_PUBLIC_URL',
  trustProxy: 'GATEHOUSE_GATE_TRUST_PROXY',
} as const satisfies Record<string, Variable>;

const prefix = 'GATEHOUSE_GATE_';

/** Each variable of a gate is a flag as well: GATEHOUSE_GATE_DATA_DIR is --data-dir. */
function flagOf(variable: string): string {
  return variable.slice(prefix.length).toLowerCase().replaceAll('_', '-');
}

const ownVariables = (Object.keys(examples) as Variable[]).filter((name) =>
  name.startsWith(prefix),
);

const flags = Object.fromEntries(
  ownVariables.map((variable) => [flagOf(variable), { type: 'string' as const }]),
);

/**
 * Reads flags and environment; flags win. Throws a ConfigError that names everything that is wrong at
 * once, and an error of parseArgs for a flag that there isn't.
 */
export function readGateConfig(
  env: NodeJS.ProcessEnv,
  args: readonly string[] = [],
  cwd: string = process.cwd(),
): GateConfig {
  const { values } = parseArgs({ args: [...args], options: flags, allowPositionals: false });
  const given = new Map<string, string>(
    ownVariables.flatMap((variable) => {
      const value = values[flagOf(variable)];
      return typeof value === 'string' ? [[variable, value] as const] : [];
    }),
  );
  const variables = readVariables<Variable>({
    env: { ...env, ...proxyVariables(env), ...Object.fromEntries(given) },
    examples,
    prefix,
    shownAs: (variable) => (given.has(variable) ? `--${flagOf(variable)}` : variable),
  });
  const { read } = variables;
  const host =
    read('GATEHOUSE_GATE_HOST', (name) => readHost(name, 'GATEHOUSE_GATE_PORT')) ?? '127.0.0.1';
  const port = read('GATEHOUSE_GATE_PORT', readPort) ?? 8090;
  const publicUrl = read('GATEHOUSE_GATE_PUBLIC_URL', (url) => readWebUrl(url, { path: false }));
  const trustedProxies = read('GATEHOUSE_GATE_TRUST_PROXY', readProxies) ?? [];
  const transport = readTransport(variables, {
    names: gateTransportNames,
    host,
    port,
    publicUrl,
    trustedProxies,
    cwd,
  });
  const config: GateConfig = {
    upstream: read('GATEHOUSE_GATE_UPSTREAM', readUpstream) ?? null,
    host,
    port,
    publicUrl: publicUrl ?? null,
    localUrl: transport.publicUrl,
    dataDir:
      read('GATEHOUSE_GATE_DATA_DIR', (path) => readPath(path, cwd)) ??
      readPath('.gatehouse-gate', cwd),
    logLevel: read('GATEHOUSE_GATE_LOG_LEVEL', (level) => readOneOf(level, logLevels)) ?? 'info',
    trustedProxies,
    tls: transport.tls,
    assertions:
      (read('GATEHOUSE_GATE_ASSERTIONS', (word) => readOneOf(word, ['on', 'off'])) ?? 'off') ===
      'on',
    headers: read('GATEHOUSE_GATE_CONSOLE_HEADERS', readConsoleHeaders) ?? [],
    proxy: {
      httpProxy: read('HTTP_PROXY', readProxyUrl) ?? null,
      httpsProxy: read('HTTPS_PROXY', readProxyUrl) ?? null,
      noProxy: read('NO_PROXY', (list) => list) ?? '',
    },
  };
  variables.finish();
  return config;
}

/** Unlike other addresses it may be plain http anywhere: a console often knows nothing else. */
function readUpstream(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new InvalidValue('is no http or https URL');
  }
  if (url.username || url.password) throw new InvalidValue('holds a user name or a password');
  if (url.pathname !== '/' || url.search || url.hash) {
    throw new InvalidValue(
      'must end after the host: the paths of the console are kept as they are',
    );
  }
  return url.origin;
}

/** May hold a password: what is wrong is said without showing it. */
function readProxyUrl(value: string): string {
  const text = value.includes('://') ? value : `http://${value}`;
  const protocol = URL.canParse(text) ? new URL(text).protocol : '';
  if (protocol === 'http:' || protocol === 'https:') return text;
  throw new InvalidValue('is not the address of an HTTP proxy');
}

/** Both spellings are in use; the small one wins, as in curl. */
function proxyVariables(env: NodeJS.ProcessEnv): Record<string, string> {
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = env[name.toLowerCase()] ?? env[name];
      return value === undefined ? [] : [[name, value.trim()]];
    }),
  );
}
