// nginx and Apache as Debian packages them, each with a configuration of its own in a temporary
// folder, on a free loopback port. As root their workers run as www-data, as Debian has it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { debianProgram } from './debian.js';
import { familyOf, freePort } from './processes.js';

const isRoot = process.getuid?.() === 0;
const apacheModules = '/usr/lib/apache2/modules';

/** A folder of static pages, readable by web servers: `page.html` of 1,000 bytes. */
export async function staticPages() {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-bench-www-'));
  await chmod(folder, 0o755);
  await writeFile(join(folder, 'page.html'), `${'<!doctype html>'.padEnd(999, '.')}\n`);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/**
 * nginx with `servers`, a function from the port to the blocks within `http`. One worker: of the two
 * cores that these figures were taken on the server behind it needs the other.
 */
export async function startNginx(servers) {
  const program = await debianProgram('nginx', ['nginx-light']);
  return startServer('nginx', async (folder, port) => {
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${join(folder, name)};`,
    );
    const configuration = `
daemon off;
worker_processes 1;
pid ${join(folder, 'pid')};
error_log stderr error;
${isRoot ? 'user www-data;' : ''}
events { worker_connections 2048; }
http {
  ${temporary.join('\n  ')}
  default_type text/html;
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_timeout 65s;
  keepalive_requests 1000000000;
  ${servers(port)}
}
`;
    const file = join(folder, 'nginx.conf');
    await writeFile(file, configuration);
    return { program, args: ['-p', folder, '-e', 'stderr', '-c', file], signal: 'SIGQUIT' };
  });
}

/**
 * Apache (event MPM, with the most threads that Debian's configuration gives it) with mod_auth_openidc
 * before the pages of `folder`: sessions on the server, in shared memory, as by default; any signed-in
 * person may read, which is the least that it can check; no .htaccess files, no log of requests.
 * Its 150 threads are there from the start, and are 50 to a process and not 25: a process whose threads
 * are all busy, or that is ended because too many are idle, closes the connections that it keeps,
 * whatever has just been sent over them. The client would count that as an error. So a process has
 * more threads than the client has connections.
 */
export async function startApacheWithOpenId({ folder: pages, entra, client }) {
  const needed = `${apacheModules}/mod_auth_openidc.so`;
  const packages = ['apache2', 'libapache2-mod-auth-openidc'];
  const program = await debianProgram('apache2', packages, [needed]);
  return startServer('apache2', async (folder, port) => {
    const origin = `http://127.0.0.1:${port}`;
    const { clientId, secret } = client(`${origin}/signed-in`);
    const modules = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'auth_openidc', 'mime']
      .filter((name) => existsSync(`${apacheModules}/mod_${name}.so`))
      .map((name) => `LoadModule ${name}_module ${apacheModules}/mod_${name}.so`);
    const configuration = `
ServerRoot ${folder}
DefaultRuntimeDir ${folder}
PidFile ${join(folder, 'pid')}
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
${modules.join('\n')}
${isRoot ? 'User www-data\nGroup www-data' : ''}
ErrorLog ${join(folder, 'error.log')}
LogLevel error
StartServers 3
MinSpareThreads 25
MaxSpareThreads 150
ThreadLimit 64
ThreadsPerChild 50
MaxRequestWorkers 150
MaxConnectionsPerChild 0
KeepAlive On
MaxKeepAliveRequests 0
KeepAliveTimeout 65
TypesConfig /etc/mime.types
DocumentRoot ${pages}
OIDCProviderMetadataURL ${entra.origin}/${entra.tenantId}/v2.0/.well-known/openid-configuration
OIDCClientID ${clientId}
OIDCClientSecret ${secret}
OIDCRedirectURI ${origin}/signed-in
OIDCCryptoPassphrase of-a-benchmark-alone
OIDCScope "openid profile email"
OIDCPKCEMethod S256
OIDCRemoteUserClaim preferred_username
OIDCSessionType server-cache
OIDCCacheType shm
<Directory ${pages}>
  AllowOverride None
  Require all granted
</Directory>
<Location />
  AuthType openid-connect
  Require valid-user
</Location>
`;
    const file = join(folder, 'apache.conf');
    await writeFile(file, configuration);
    return { program, args: ['-D', 'FOREGROUND', '-f', file], signal: 'SIGTERM' };
  });
}

async function startServer(name, configure) {
  const folder = await mkdtemp(join(tmpdir(), `gatehouse-bench-${name}-`));
  await chmod(folder, 0o755);
  await mkdir(join(folder, 'logs'));
  const port = await freePort();
  const { program, args, signal } = await configure(folder, port);
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let output = '';
  child.stderr.on('data', (chunk) => (output = (output + chunk).slice(-20_000)));
  const origin = `http://127.0.0.1:${port}`;
  const stop = async () => {
    if (child.exitCode === null) {
      child.kill(signal);
      await once(child, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  };
  const deadline = Date.now() + 20_000;
  // Whatever it answers: it is there.
  while ((await fetch(origin, { redirect: 'manual' }).catch(() => null)) === null) {
    if (child.exitCode !== null || Date.now() > deadline) {
      const log = await readFile(join(folder, 'error.log'), 'utf8').catch(() => '');
      await stop();
      throw new Error(`${name} didn't start:\n${output}${log}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { origin, port, pids: () => familyOf(child.pid), stop };
}
