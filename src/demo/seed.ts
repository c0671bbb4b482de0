import { groupIds } from './directory.ts';

/** Portal access of the demo: one group for each role. */
const demoPortalAccess = {
  admin: [{ id: groupIds.administrators, displayName: 'Gatehouse Administrators' }],
  securityAnalyst: [{ id: groupIds.securityAnalysts, displayName: 'Gatehouse Security Analysts' }],
  readOnly: [{ id: groupIds.readers, displayName: 'Gatehouse Readers' }],
};

/**
 * Enters portal access the way its first administrator would: through a recovery link and the API.
 * What is there already is left alone.
 */
export async function seedPortalAccess(portalOrigin: string, recoveryLink: string): Promise<void> {
  const api = `${portalOrigin}/api/v1`;
  const token = new URLSearchParams(new URL(recoveryLink).hash.slice(1)).get('token');
  const opened = await fetch(`${api}/recovery-session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: portalOrigin },
    body: JSON.stringify({ token }),
  });
  await expectSuccess(opened);
  const cookie = opened.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const headers = { 'content-type': 'application/json', origin: portalOrigin, cookie };

  const current = await fetch(`${api}/portal-access`, { headers });
  await expectSuccess(current);
  const { permissions } = (await current.json()) as { permissions: { admin: unknown[] } };
  if (permissions.admin.length === 0) {
    const changed = await fetch(`${api}/portal-access`, {
      method: 'PUT',
      headers: { ...headers, 'if-match': current.headers.get('etag') ?? '' },
      body: JSON.stringify({ permissions: demoPortalAccess }),
    });
    await expectSuccess(changed);
  }
  await expectSuccess(
    await fetch(`${api}/recovery-session`, {
      method: 'DELETE',
      headers: { origin: portalOrigin, cookie },
    }),
  );
}

async function expectSuccess(response: Response): Promise<void> {
  if (response.ok) return;
  throw new Error(`The portal answered ${response.status}: ${await response.text()}`);
}
