// Authorized requests: the gate's decision against an empty Fastify route; nginx with auth_request to
// the gate against nginx with auth_request to a route that only looks a cookie up in a Map, and against
// Apache with mod_auth_openidc; the gate's own proxy against that Apache. One client, the same 1,000
// bytes, sessions kept on the server everywhere, in turns. How each is set up: web-servers.js.
import { demoDirectory, clientIds, personIds } from '../dist/demo/directory.js';
import { startLocalEntra } from '../dist/local-entra/app.js';
import { signInByForms } from './cookie-visitor.js';
import { startBenchGate } from './gate.js';
import { comparedRow, hammer, inTurns, rowOf } from './load.js';
import { familyOf, freePort, root, start } from './processes.js';
import { startApacheWithOpenId, startNginx, staticPages } from './web-servers.js';

const rounds = 7;
const seconds = 3;
const connections = 32;
const mapCookie = 'AmNr1UGQ2JYh5wT3Zc8eXk0vFsDbLpOi';

export async function benchGateAuth() {
  const ends = [];
  const ending = (thing) => {
    ends.push(() => thing.stop());
    return thing;
  };
  try {
    const pages = await staticPages();
    ends.push(pages.remove);
    const plain = ending(await startNginx((port) => pageServer(port, pages.folder)));
    const gate = ending(await startBenchGate({ upstream: plain.origin }));
    const empty = ending(await startScript('empty-server.js', []));
    const map = ending(await startScript('session-map-server.js', [mapCookie]));
    const path = '/_gatehouse/auth';
    const toGate = ending(await startNginx(authServer(pages.folder, gate.port, path)));
    const toMap = ending(await startNginx(authServer(pages.folder, map.port, '/')));
    const apache = ending(await startApache(pages.folder, ends));

    const gatePids = () => [gate.pid];
    const cookie = { cookie: gate.cookie };
    // What nginx sends along with the request for a decision, for a fair count of its headers.
    const asked = { ...cookie, ...forwarded(gate.port) };
    const sides = {
      empty: [`${empty.origin}/`, empty.pids, cookie],
      auth: [`${gate.origin}${path}`, gatePids, asked],
      nginxGate: [`${toGate.origin}/page.html`, both(toGate.pids, gatePids), cookie],
      nginxMap: [
        `${toMap.origin}/page.html`,
        both(toMap.pids, map.pids),
        { cookie: `session=${mapCookie}` },
      ],
      apache: [`${apache.origin}/page.html`, apache.pids, { cookie: apache.cookie }],
      proxy: [`${gate.origin}/page.html`, both(plain.pids, gatePids), cookie],
      plain: [`${plain.origin}/page.html`, plain.pids, cookie],
    };
    const runs = Object.values(sides).map(([url, pids, headers]) => {
      const server = { url: url.replace('localhost', '127.0.0.1'), pids };
      return () => hammer(server, { connections, duration: seconds, headers });
    });
    for (const run of runs) await run();
    const samples = await inTurns(rounds, ...runs);
    return rowsOf(Object.fromEntries(Object.keys(sides).map((name, at) => [name, samples[at]])));
  } finally {
    while (ends.length > 0) await ends.pop()();
  }
}

const both = (one, other) => async () => [...(await one()), ...(await other())];

const pageServer = (port, folder) => `
  server {
    listen 127.0.0.1:${port};
    root ${folder};
  }`;

/** auth_request with what docs/nginx sends and takes, to either decision, over connections that stay. */
const authServer = (folder, backend, path) => (port) =>
  `
  upstream decision {
    server 127.0.0.1:${backend};
    keepalive 64;
    keepalive_requests 1000000000;
  }
  server {
    listen 127.0.0.1:${port};
    root ${folder};
    location / {
      auth_request /decision;
      auth_request_set $gatehouse_user $upstream_http_x_gatehouse_user;
      auth_request_set $gatehouse_name $upstream_http_x_gatehouse_name;
      auth_request_set $gatehouse_object_id $upstream_http_x_gatehouse_object_id;
      auth_request_set $gatehouse_role $upstream_http_x_gatehouse_role;
      auth_request_set $gatehouse_permissions $upstream_http_x_gatehouse_permissions;
    }
    location = /decision {
      internal;
      proxy_pass http://decision${path};
      proxy_http_version 1.1;
      proxy_pass_request_body off;
      proxy_set_header Connection "";
      proxy_set_header Content-Length "";
      proxy_set_header Host $http_host;
      proxy_set_header X-Original-Method $request_method;
      proxy_set_header X-Original-URI $request_uri;
      proxy_set_header X-Forwarded-Method "";
      proxy_set_header X-Forwarded-Uri "";
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Forwarded-Host $http_host;
    }
  }`;

const forwarded = (port) => ({
  Host: `localhost:${port}`,
  'x-original-method': 'GET',
  'x-original-uri': '/page.html',
  'x-forwarded-for': '127.0.0.1',
  'x-forwarded-proto': 'http',
  'x-forwarded-host': `localhost:${port}`,
});

async function startScript(script, args) {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const process = await start(`${root}bench/${script}`, {
    args: [String(port), ...args],
    url: origin,
    anyAnswer: true,
  });
  return { origin, port, pids: () => familyOf(process.pid), stop: process.stop };
}

/** Apache, and the cookies of somebody who signed in there through local Entra. */
async function startApache(folder, ends) {
  const directory = demoDirectory();
  const entra = await startLocalEntra({ port: 0, directory });
  ends.push(() => entra.close());
  const { clientId, secrets } = directory.applications.find(
    (application) => application.clientId === clientIds.organizationSignIn,
  );
  const secret = secrets.find(({ expiresAt }) => expiresAt === undefined).value;
  const client = (redirectUri) => {
    entra.changeApplication(clientId, { redirectUris: { spa: [], web: [redirectUri] } });
    return { clientId, secret };
  };
  const apache = await startApacheWithOpenId({ folder, entra, client });
  const url = `${apache.origin}/page.html`;
  const isThere = (body) => body.length === 1_000;
  try {
    const cookie = await signInByForms(url, { entra, oid: personIds.bram, isThere });
    return { ...apache, cookie };
  } catch (error) {
    await apache.stop();
    throw error;
  }
}

function rowsOf({ empty, auth, nginxGate, nginxMap, apache, proxy, plain }) {
  const perSecond = { figure: 'perSecond', unit: 'requests/s' };
  const names = [
    ['empty Fastify route', empty],
    ['/_gatehouse/auth', auth],
    ['nginx, auth_request to the gate', nginxGate],
    ['nginx, auth_request to a Map', nginxMap],
    ['Apache with mod_auth_openidc', apache],
    ['gate’s proxy to nginx', proxy],
    ['that nginx alone', plain],
  ];
  return [
    ...names.map(([what, samples]) => rowOf(what, samples, 'perSecond', 'requests/s')),
    comparedRow({
      ...perSecond,
      what: '/_gatehouse/auth',
      samples: auth,
      floor: empty,
      least: 0.7,
      than: 'the empty route',
    }),
    comparedRow({
      ...perSecond,
      what: 'nginx, auth_request to the gate',
      samples: nginxGate,
      floor: nginxMap,
      least: 0.9,
      than: 'nginx to the Map',
    }),
    comparedRow({
      ...perSecond,
      what: 'nginx, auth_request to the gate',
      samples: nginxGate,
      floor: apache,
      least: 2.5,
      than: 'Apache',
    }),
    comparedRow({
      ...perSecond,
      what: 'gate’s proxy',
      samples: proxy,
      floor: apache,
      least: 1.3,
      than: 'Apache',
    }),
    ...names.map(([what, samples]) => rowOf(`99th percentile: ${what}`, samples, 'p99', 'ms')),
    ...names.map(([what, samples]) =>
      rowOf(`processor time: ${what}`, samples, 'microseconds', 'µs/request'),
    ),
  ];
}
