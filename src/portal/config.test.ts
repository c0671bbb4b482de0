import { describe, expect, it } from 'vitest';
import { ConfigError, type ConfigProblem } from '../server/read-variables.ts';
import { readConfig } from './config.ts';

const tenant = '11111111-2222-4333-8444-555555555555';
const client = '66666666-7777-4888-9999-AAAAAAAAAAAA';
const key = Buffer.from(Array.from({ length: 32 }, (_, index) => index * 7));

function problemsOf(env: NodeJS.ProcessEnv): readonly ConfigProblem[] {
  try {
    readConfig(env, '/srv');
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('readConfig', () => {
  it('needs nothing', () => {
    expect(readConfig({}, '/srv')).toEqual({
      host: '127.0.0.1',
      port: 8080,
      publicUrl: 'http://localhost:8080',
      tls: null,
      dataDir: '/srv/.gatehouse',
      logLevel: 'info',
      trustedProxies: [],
      entra: {
        cloud: 'public',
        loginUrl: 'https://login.microsoftonline.com',
        graphUrl: 'https://graph.microsoft.com',
      },
      smtp: null,
    });
  });

  it('reads everything', () => {
    const config = readConfig(
      {
        GATEHOUSE_HOST: '::',
        GATEHOUSE_PORT: '9000',
        GATEHOUSE_PUBLIC_URL: 'https://Gatehouse.example.com/',
        GATEHOUSE_DATA_DIR: 'data',
        GATEHOUSE_DATABASE_URL: 'postgresql://me:p%40ss@db/gatehouse?sslmode=verify-full',
        GATEHOUSE_SECRET_KEY: key.toString('base64'),
        GATEHOUSE_LOG_LEVEL: 'debug',
        GATEHOUSE_TRUST_PROXY: '10.0.0.5, fd00::/8',
        GATEHOUSE_TLS_CERT_FILE: 'tls/cert.pem',
        GATEHOUSE_TLS_KEY_FILE: '/etc/key.pem',
        GATEHOUSE_ENTRA_CLOUD: 'usgov',
        GATEHOUSE_ENTRA_TENANT_ID: tenant,
        GATEHOUSE_ENTRA_CLIENT_ID: client,
        GATEHOUSE_ENTRA_LOGIN_URL: 'http://localhost:8081/',
        GATEHOUSE_GRAPH_URL: 'http://127.0.0.1:8081/graph/',
        GATEHOUSE_SMTP_URL: 'smtps://me%40example.com:p%40ss%3A@mail.example.com',
        GATEHOUSE_SMTP_FROM: '"Gate house" <gatehouse@example.com>',
      },
      '/srv',
    );
    expect(config).toEqual({
      host: '::',
      port: 9000,
      publicUrl: 'https://gatehouse.example.com',
      dataDir: '/srv/data',
      databaseUrl: 'postgresql://me:p%40ss@db/gatehouse?sslmode=verify-full',
      secretKeys: [key],
      logLevel: 'debug',
      trustedProxies: ['10.0.0.5', 'fd00::/8'],
      tls: { certFile: '/srv/tls/cert.pem', keyFile: '/etc/key.pem' },
      entra: {
        cloud: 'usgov',
        tenantId: tenant,
        clientId: client.toLowerCase(),
        apiClientId: client.toLowerCase(),
        loginUrl: 'http://localhost:8081',
        graphUrl: 'http://127.0.0.1:8081/graph',
      },
      smtp: {
        server: {
          host: 'mail.example.com',
          port: 465,
          implicitTls: true,
          credentials: { user: 'me@example.com', password: 'p@ss:' },
        },
        from: { name: 'Gate house', address: 'gatehouse@example.com' },
      },
    });
  });

  it.each(['usgov', 'china'] as const)('knows the addresses of the cloud %s', (cloud) => {
    const { entra } = readConfig({ GATEHOUSE_ENTRA_CLOUD: cloud });
    expect(entra.loginUrl).toMatch(cloud === 'usgov' ? /\.us$/ : /\.cn$/);
    expect(entra.graphUrl).toMatch(cloud === 'usgov' ? /\.us$/ : /\.cn$/);
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ GATEHOUSE_PORT: '', GATEHOUSE_ENTRA_CLIENT_ID: '' }).port).toBe(8080);
  });

  it('takes the key in hexadecimal, and a database behind a Unix socket', () => {
    const url = 'postgresql://me:secret@localhost/gatehouse?host=%2Frun%2Fpostgresql';
    const config = readConfig({
      GATEHOUSE_SECRET_KEY: key.toString('hex'),
      GATEHOUSE_DATABASE_URL: url,
    });
    expect(config.secretKeys).toEqual([key]);
    expect(config.databaseUrl).toBe(url);
  });

  it.each([
    ['GATEHOUSE_HOST', 'http://localhost', 'without http://'],
    ['GATEHOUSE_HOST', 'localhost:80', 'GATEHOUSE_PORT'],
    ['GATEHOUSE_HOST', '300.1.1.1', 'neither an IP address nor a host name'],
    ['GATEHOUSE_HOST', 'a b', 'neither an IP address nor a host name'],
    ['GATEHOUSE_PORT', 'http', 'not a number'],
    ['GATEHOUSE_PORT', '80.5', 'not a number'],
    ['GATEHOUSE_PORT', '-1', 'not a number'],
    ['GATEHOUSE_PORT', '0', '1 to 65535'],
    ['GATEHOUSE_PORT', '65536', '1 to 65535'],
    ['GATEHOUSE_PORT', ' 80', 'a space'],
    ['GATEHOUSE_PUBLIC_URL', 'gatehouse.example.com', 'not a URL'],
    ['GATEHOUSE_PUBLIC_URL', 'ftp://gatehouse.example.com', 'not an https URL'],
    ['GATEHOUSE_PUBLIC_URL', 'http://gatehouse.example.com', 'plain http'],
    ['GATEHOUSE_PUBLIC_URL', 'http://127.0.0.1.example.com', 'plain http'],
    ['GATEHOUSE_PUBLIC_URL', 'https://gatehouse.example.com/portal', 'without /portal'],
    ['GATEHOUSE_PUBLIC_URL', 'https://gatehouse.example.com/?a=1', 'after ? or #'],
    ['GATEHOUSE_DATA_DIR', '~/gatehouse', 'nothing replaces ~'],
    ['GATEHOUSE_DATA_DIR', 'a\0b', 'a zero byte'],
    ['GATEHOUSE_DATA_DIR', '/data\r', 'a line break'],
    ['GATEHOUSE_DATABASE_URL', 'mysql://me@db/gatehouse', 'postgresql:'],
    ['GATEHOUSE_DATABASE_URL', 'postgresql://me@db', 'names no database'],
    ['GATEHOUSE_DATABASE_URL', 'postgresql://db/gatehouse', 'names no user'],
    ['GATEHOUSE_DATABASE_URL', 'postgresql:///gatehouse', 'names no host'],
    ['GATEHOUSE_DATABASE_URL', 'postgresql://me@db/gatehouse?sslmode=on', 'sslmode="on"'],
    ['GATEHOUSE_DATABASE_URL', 'db.example.com', 'not a URL'],
    ['GATEHOUSE_SECRET_KEY', 'short', '5 characters long'],
    ['GATEHOUSE_SECRET_KEY', '0'.repeat(64), 'not random'],
    ['GATEHOUSE_SECRET_KEY', `${key.toString('hex')},`, 'a comma with no key beside it'],
    ['GATEHOUSE_SECRET_KEY', `${key.toString('hex')},short`, '5 characters long'],
    [
      'GATEHOUSE_SECRET_KEY',
      `${key.toString('hex')}, ${key.toString('base64')}`,
      'names the same key twice',
    ],
    ['GATEHOUSE_SECRET_KEY', '!'.repeat(44), '44 characters long, not 32 bytes'],
    ['GATEHOUSE_LOG_LEVEL', 'verbose', 'not one of fatal'],
    ['GATEHOUSE_HOST', '0.0.0.0', 'GATEHOUSE_TLS_CERT_FILE'],
    ['GATEHOUSE_HOST', 'gatehouse.example.com', 'GATEHOUSE_TRUST_PROXY'],
    ['GATEHOUSE_HOST', '::', 'this machine alone'],
    ['GATEHOUSE_TRUST_PROXY', 'true', 'not an IP address'],
    ['GATEHOUSE_TRUST_PROXY', '10.0.0.0/33', '/1 to /32'],
    ['GATEHOUSE_TRUST_PROXY', '0.0.0.0/0', '/1 to /32'],
    ['GATEHOUSE_TRUST_PROXY', '10.0.0.0/8/8', '/1 to /32'],
    ['GATEHOUSE_ENTRA_CLOUD', 'Public', 'not one of public, usgov, china'],
    ['GATEHOUSE_ENTRA_LOGIN_URL', 'https://login.microsoftonline.com/common', 'without /common'],
    ['GATEHOUSE_ENTRA_LOGIN_URL', 'http://login.example.com', 'plain http'],
    ['GATEHOUSE_GRAPH_URL', 'http://graph.example.com/v1.0', 'plain http'],
    ['GATEHOUSE_GRAPH_URL', 'graph', 'not a URL'],
  ])('refuses %s=%s', (variable, value, problem) => {
    const problems = problemsOf({ [variable]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ variable, problem: expect.stringContaining(problem) });
    expect(problems[0]?.example).not.toBe('');
  });

  it.each([
    'GATEHOUSE_ENTRA_TENANT_ID',
    'GATEHOUSE_ENTRA_CLIENT_ID',
    'GATEHOUSE_ENTRA_API_CLIENT_ID',
  ])('refuses a %s that is no id', (variable) => {
    const ids = { GATEHOUSE_ENTRA_TENANT_ID: tenant, GATEHOUSE_ENTRA_CLIENT_ID: client };
    expect(problemsOf({ ...ids, [variable]: 'contoso.onmicrosoft.com' })).toMatchObject([
      { variable },
    ]);
  });

  it.each([
    ['GATEHOUSE_ENTRA_TENANT_ID', 'GATEHOUSE_ENTRA_CLIENT_ID'],
    ['GATEHOUSE_ENTRA_CLIENT_ID', 'GATEHOUSE_ENTRA_TENANT_ID'],
    ['GATEHOUSE_ENTRA_API_CLIENT_ID', 'GATEHOUSE_ENTRA_CLIENT_ID'],
  ])('refuses %s without %s', (given, missing) => {
    expect(problemsOf({ [given]: tenant })).toMatchObject([
      { variable: missing, problem: expect.stringContaining('is missing') },
    ]);
  });

  it('serves TLS with both files, and then by https', () => {
    const files = {
      GATEHOUSE_TLS_CERT_FILE: '/etc/cert.pem',
      GATEHOUSE_TLS_KEY_FILE: '/etc/key.pem',
    };
    const open = { ...files, GATEHOUSE_HOST: '0.0.0.0' };
    expect(readConfig(open).publicUrl).toBe('https://localhost:8080');
    expect(readConfig({ ...open, GATEHOUSE_PORT: '443' }).publicUrl).toBe('https://localhost');
    expect(problemsOf({ ...files, GATEHOUSE_PUBLIC_URL: 'http://localhost:8080' })).toMatchObject([
      { variable: 'GATEHOUSE_PUBLIC_URL', problem: expect.stringContaining('https server') },
    ]);
    for (const host of ['127.0.0.1', '127.8.0.1', '::1', 'localhost']) {
      expect(readConfig({ GATEHOUSE_HOST: host }).tls).toBeNull();
    }
  });

  it.each([
    ['GATEHOUSE_TLS_CERT_FILE', 'GATEHOUSE_TLS_KEY_FILE'],
    ['GATEHOUSE_TLS_KEY_FILE', 'GATEHOUSE_TLS_CERT_FILE'],
  ])('refuses %s without %s', (given, missing) => {
    expect(problemsOf({ [given]: '/etc/file.pem' })).toMatchObject([
      { variable: missing, problem: expect.stringContaining('is missing') },
    ]);
  });

  it('names what a misspelt variable probably means, and says that of any other there is none', () => {
    expect(
      problemsOf({ GATEHOUSE_DATABASE_ULR: 'x', GATEHOUSE_COLOUR_OF_THE_ROOF: 'x' }),
    ).toMatchObject([
      {
        variable: 'GATEHOUSE_DATABASE_ULR',
        problem: expect.stringContaining('GATEHOUSE_DATABASE_URL?'),
      },
      { variable: 'GATEHOUSE_COLOUR_OF_THE_ROOF', problem: expect.stringContaining('remove it') },
    ]);
  });

  it('leaves the variables of gates alone', () => {
    expect(problemsOf({ GATEHOUSE_GATE_UPSTREAM: 'http://127.0.0.1:3000' })).toEqual([]);
  });

  it('lists everything that is wrong at once, one line each', () => {
    const read = () =>
      readConfig({ GATEHOUSE_PORT: 'x', GATEHOUSE_HOST: '', GATEHOUSE_ENTRA_CLOUD: 'moon' });
    expect(read).toThrow(
      /^The configuration is wrong:\n {2}GATEHOUSE_PORT is "x".*Example: 8080\n {2}GATEHOUSE_ENTRA_CLOUD .*$/,
    );
  });

  it('never shows a secret', () => {
    const shown = [
      ...problemsOf({ GATEHOUSE_SECRET_KEY: 'hunter2hunter2' }),
      ...problemsOf({ GATEHOUSE_DATABASE_URL: 'mysql://me:hunter2@db/x' }),
      ...problemsOf({ GATEHOUSE_DATABASE_URL: 'postgresql://me:hunter2#x@db/x' }),
      ...problemsOf({ GATEHOUSE_PUBLIC_URL: 'https://me:hunter2@example.com/path' }),
      ...problemsOf({ GATEHOUSE_SMTP_URL: 'smtp://me:hunter2@mail.example.com/x' }),
    ];
    expect(shown).toHaveLength(6);
    expect(JSON.stringify(shown)).not.toContain('hunter2');
  });
});
