import { clouds, type Cloud } from '../entra/clouds.ts';
import {
  readDatabaseUrl,
  readPath,
  readGuid,
  readHost,
  readOneOf,
  readPort,
  readProxies,
  readSecretKeys,
  readWebUrl,
} from '../server/config-value.ts';
import {
  logLevels,
  readVariables,
  type LogLevel,
  type Variables,
} from '../server/read-variables.ts';
import { readTransport, type TlsSetting } from '../server/transport.ts';
import { readMailbox, readSmtpUrl, type SmtpSetting } from './smtp-setting.ts';

const cloudNames = Object.keys(clouds) as Cloud[];

/** What the portal is told by its environment. URLs have no trailing slash. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** The origin that browsers see. */
  readonly publicUrl: string;
  /** Absolute. */
  readonly dataDir: string;
  /** Absent: the embedded server. */
  readonly databaseUrl?: string;
  /** 32 bytes each: the first encrypts, all decrypt. Absent: made, and kept in the data directory. */
  readonly secretKeys?: readonly [Buffer, ...Buffer[]];
  readonly logLevel: LogLevel;
  /** Reverse proxies (addresses or networks) whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** Null: plain http, on this machine or behind a trusted proxy. */
  readonly tls: TlsSetting | null;
  readonly entra: EntraConfig;
  /** Null: invitations are handed over as links only. */
  readonly smtp: SmtpSetting | null;
}

/** `tenantId` and `clientId` are both there or neither is: then the portal is set up on its pages. */
export interface EntraConfig {
  readonly cloud: Cloud;
  readonly tenantId?: string;
  readonly clientId?: string;
  /** Of the API that tokens are for: the client ID, unless given. */
  readonly apiClientId?: string;
  readonly loginUrl: string;
  /** May have a path. */
  readonly graphUrl: string;
}

/** A correct value for each variable that there is. */
const examples = {
  GATEHOUSE_HOST: '127.0.0.1',
  GATEHOUSE_PORT: '8080',
  GATEHOUSE_PUBLIC_URL: 'https://gatehouse.example.com',
  GATEHOUSE_DATA_DIR: '/var/lib/gatehouse',
  GATEHOUSE_DATABASE_URL: 'postgresql://gatehouse:password@db.example.com:5432/gatehouse',
  GATEHOUSE_SECRET_KEY: 'the output of: openssl rand -base64 32',
  GATEHOUSE_LOG_LEVEL: 'info',
  GATEHOUSE_TRUST_PROXY: '10.0.0.5,10.1.0.0/16',
  GATEHOUSE_TLS_CERT_FILE: '/etc/letsencrypt/live/gatehouse.example.com/fullchain.pem',
  GATEHOUSE_TLS_KEY_FILE: '/etc/letsencrypt/live/gatehouse.example.com/privkey.pem',
  GATEHOUSE_ENTRA_CLOUD: 'public',
  GATEHOUSE_ENTRA_TENANT_ID: '11111111-2222-4333-8444-555555555555',
  GATEHOUSE_ENTRA_CLIENT_ID: '66666666-7777-4888-9999-aaaaaaaaaaaa',
  GATEHOUSE_ENTRA_API_CLIENT_ID: 'bbbbbbbb-cccc-4ddd-8eee-ffffffffffff',
  GATEHOUSE_ENTRA_LOGIN_URL: 'https://login.microsoftonline.com',
  GATEHOUSE_GRAPH_URL: 'https://graph.microsoft.com',
  GATEHOUSE_SMTP_URL: 'smtp://gatehouse:password@mail.example.com:587',
  GATEHOUSE_SMTP_FROM: 'Gatehouse <gatehouse@example.com>',
} as const;

type Variable = keyof typeof examples;

/** The variables that say how the portal is reached. */
export const transportNames = {
  host: 'GATEHOUSE_HOST',
  cert: 'GATEHOUSE_TLS_CERT_FILE',
  key: 'GATEHOUSE_TLS_KEY_FILE',
  publicUrl: 'GATEHOUSE_PUBLIC_URL',
  trustProxy: 'GATEHOUSE_TRUST_PROXY',
} as const satisfies Record<string, Variable>;

/** Reads the environment. Throws a ConfigError that names everything that is wrong at once. */
export function readConfig(env: NodeJS.ProcessEnv, cwd: string = process.cwd()): Config {
  const variables = readVariables({
    env,
    examples,
    prefix: 'GATEHOUSE_',
    foreignPrefix: 'GATEHOUSE_GATE_',
  });
  const { read } = variables;
  const port = read('GATEHOUSE_PORT', readPort) ?? 8080;
  const databaseUrl = read('GATEHOUSE_DATABASE_URL', readDatabaseUrl);
  const secretKeys = read('GATEHOUSE_SECRET_KEY', readSecretKeys);
  const host = read('GATEHOUSE_HOST', (address) => readHost(address)) ?? '127.0.0.1';
  const trustedProxies = read('GATEHOUSE_TRUST_PROXY', readProxies) ?? [];
  const config: Config = {
    host,
    port,
    ...readTransport(variables, {
      names: transportNames,
      host,
      port,
      publicUrl: read('GATEHOUSE_PUBLIC_URL', (url) => readWebUrl(url, { path: false })),
      trustedProxies,
      cwd,
    }),
    dataDir:
      read('GATEHOUSE_DATA_DIR', (path) => readPath(path, cwd)) ?? readPath('.gatehouse', cwd),
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(secretKeys === undefined ? {} : { secretKeys }),
    logLevel: read('GATEHOUSE_LOG_LEVEL', (level) => readOneOf(level, logLevels)) ?? 'info',
    trustedProxies,
    entra: readEntra(env, variables),
    smtp: readSmtp(env, variables),
  };
  variables.finish();
  return config;
}

function readSmtp(
  env: NodeJS.ProcessEnv,
  { read, wrong }: Variables<Variable>,
): SmtpSetting | null {
  const server = read('GATEHOUSE_SMTP_URL', readSmtpUrl);
  const from = read('GATEHOUSE_SMTP_FROM', readMailbox);
  const needs = needing(env, wrong);
  needs('GATEHOUSE_SMTP_URL', 'GATEHOUSE_SMTP_FROM');
  needs('GATEHOUSE_SMTP_FROM', 'GATEHOUSE_SMTP_URL');
  return server === undefined || from === undefined ? null : { server, from };
}

/** Says of a variable that it is missing where there is another that needs it. */
function needing(env: NodeJS.ProcessEnv, wrong: Variables<Variable>['wrong']) {
  return (variable: Variable, other: Variable): void => {
    if (env[other] && !env[variable])
      wrong(variable, `is missing, and ${other} is there: one needs the other`);
  };
}

function readEntra(env: NodeJS.ProcessEnv, { read, wrong }: Variables<Variable>): EntraConfig {
  const cloud = read('GATEHOUSE_ENTRA_CLOUD', (name) => readOneOf(name, cloudNames)) ?? 'public';
  const tenantId = read('GATEHOUSE_ENTRA_TENANT_ID', readGuid);
  const clientId = read('GATEHOUSE_ENTRA_CLIENT_ID', readGuid);
  const apiClientId = read('GATEHOUSE_ENTRA_API_CLIENT_ID', readGuid) ?? clientId;
  const needs = needing(env, wrong);
  needs('GATEHOUSE_ENTRA_TENANT_ID', 'GATEHOUSE_ENTRA_CLIENT_ID');
  needs('GATEHOUSE_ENTRA_CLIENT_ID', 'GATEHOUSE_ENTRA_TENANT_ID');
  if (!env['GATEHOUSE_ENTRA_TENANT_ID'])
    needs('GATEHOUSE_ENTRA_CLIENT_ID', 'GATEHOUSE_ENTRA_API_CLIENT_ID');
  return {
    cloud,
    ...(tenantId === undefined ? {} : { tenantId }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(apiClientId === undefined ? {} : { apiClientId }),
    loginUrl:
      read('GATEHOUSE_ENTRA_LOGIN_URL', (url) => readWebUrl(url, { path: false })) ??
      clouds[cloud].loginUrl,
    graphUrl:
      read('GATEHOUSE_GRAPH_URL', (url) => readWebUrl(url, { path: true })) ??
      clouds[cloud].graphUrl,
  };
}
