// Signs the access tokens that a benchmark needs by the thousand, as a tenant of its own.
import { createServer } from 'node:http';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

const notFound = (request, response) =>
  response.writeHead(404, { 'content-type': 'application/json' }).end('{}');

/** `otherwise` answers what isn't asked for keys. */
export async function startIssuer(otherwise = notFound) {
  const tenantId = randomUUID();
  const clientId = randomUUID();
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(publicKey)), kid: 'bench', use: 'sig' };
  const server = createServer((request, response) => {
    const known = request.url === `/${tenantId}/discovery/v2.0/keys`;
    if (known) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ keys: [key] }));
    } else otherwise(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://localhost:${server.address().port}`;

  function token(groups) {
    return signed({ azp: clientId, azpacr: '0', scp: 'access_as_user', groups });
  }

  function signed(claims) {
    const oid = '00000000-0000-4000-8000-00000000beef';
    return new SignJWT({
      ver: '2.0',
      tid: tenantId,
      oid,
      name: 'Bench Person',
      given_name: 'Bench',
      family_name: 'Person',
      upn: 'bench@example.com',
      preferred_username: 'bench@example.com',
      sid: 'bench',
      uti: randomUUID(),
      ...claims,
    })
      .setProtectedHeader({ alg: 'RS256', kid: 'bench', typ: 'JWT' })
      .setIssuer(`${origin}/${tenantId}/v2.0`)
      .setAudience(clientId)
      .setSubject('bench')
      .setIssuedAt()
      .setNotBefore('-1m')
      .setExpirationTime('1h')
      .sign(privateKey);
  }
  return { origin, tenantId, clientId, token, signed, close: () => server.close() };
}
