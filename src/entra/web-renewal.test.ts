import { describe, expect, it } from 'vitest';
import { groupIds, personIds } from '../demo/directory.ts';
import { useWebClientAtEntra } from '../testing/web-client-at-entra.ts';

const { entra, ...ours } = await useWebClientAtEntra();

describe('a person who is signed in', () => {
  it('is asked for anew, with the groups of now', async () => {
    const client = ours.clientBy();
    const { person, refreshToken } = await ours.signIn(client);
    const renewed = await client.refresh(refreshToken ?? '', person);
    expect(renewed.person).toMatchObject({
      objectId: personIds.bram,
      sessionId: person.sessionId,
      groups: { kind: 'complete', ids: [groupIds.securityAnalysts] },
    });
    expect(renewed.refreshToken).not.toBeNull();
  });

  it('has ended once Entra says no', async () => {
    const client = ours.clientBy();
    const { person } = await ours.signIn(client);
    await expect(client.refresh('not-a-refresh-token', person)).rejects.toMatchObject({
      code: 'provider_refused',
      ended: true,
    });
    const { refreshToken } = await ours.signIn(client);
    entra.changePerson(personIds.bram, { disabled: true });
    await expect(client.refresh(refreshToken ?? '', person)).rejects.toMatchObject({
      ended: true,
      said: { aadsts: 50057 },
    });
    entra.changePerson(personIds.bram, { disabled: false });
    entra.revokeSessions(personIds.bram);
    await expect(client.refresh(refreshToken ?? '', person)).rejects.toMatchObject({
      ended: true,
      said: { aadsts: 50173 },
    });
  });

  it('goes on while only the secret is refused, or nothing answers', async () => {
    const { person, refreshToken } = await ours.signIn(ours.clientBy());
    const credential = { kind: 'secret', value: 'wrong' } as const;
    await expect(
      ours.clientBy({ credential }).refresh(refreshToken ?? '', person),
    ).rejects.toMatchObject({ code: 'credential_refused', ended: false });
    const nowhere = ours.clientBy({ loginUrl: 'http://127.0.0.1:9' });
    await expect(nowhere.refresh(refreshToken ?? '', person)).rejects.toMatchObject({
      code: 'provider_unreachable',
      ended: false,
    });
  });
});
