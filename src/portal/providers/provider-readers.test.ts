import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  bearer,
  groupId,
  oneGroupEach,
  startBarePortal,
  type BarePortal,
} from '../../testing/bare-portal.ts';
import { providerApi, spaRegistration } from '../../testing/provider-api.ts';

const registration = { ...spaRegistration, clientId: groupId(50) };

let portal: BarePortal;
let id = '';
beforeAll(async () => {
  portal = await startBarePortal();
  await portal.setPortalAccess(oneGroupEach({ admin: groupId(1), readOnly: groupId(3) }));
  const recovery = providerApi(portal.app, await portal.recover());
  ({ id } = (await recovery('POST', '', { body: { registration } })).provider());
});
afterAll(() => portal.close());

describe('R10: providers', () => {
  it.each([
    ['an Admin', groupId(1), 200],
    ['Read only', groupId(3), 403],
    ['somebody without a role', groupId(9), 403],
  ])('are for Admins alone: to %s', async (_, group, expected) => {
    const token = await portal.issuer.token({ groups: [group], sid: group });
    const api = providerApi(portal.app, bearer(token));
    for (const answer of [
      await api('GET', ''),
      await api('GET', `/${id}/removal`),
      await api('GET', `/${id}/verification`),
      await api('PUT', `/${id}`, { body: { registration }, ifMatch: '1' }),
    ]) {
      expect(answer.status).toBe(expected);
    }
  });
});
