import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientIds, demoDirectory, personIds, tenantId } from '../../demo/directory.ts';
import { readClientCertificate } from '../../entra/certificate.ts';
import { createWebClient } from '../../entra/create-web-client.ts';
import { nothingSaid, WebSignInError } from '../../entra/web-sign-in-error.ts';
import { makeCertificate, type Certificate } from '../../testing/certificate.ts';
import { listed, verificationOf, type ProviderApi } from '../../testing/provider-api.ts';
import { testSecrets } from '../../testing/test-secrets.ts';
import {
  enterOrganization,
  startWebProviderPortal,
  type WebProviderPortal,
} from '../../testing/web-provider-portal.ts';
import { appendAudit } from '../audit/append.ts';
import type { WebProviders } from '../http/web-providers.ts';
import { createActiveProviders } from './active-providers.ts';
import { createProviders } from './providers.ts';
import { createRegistrations } from './registrations.ts';
import { auditEvents } from '../storage/schema.ts';

let certificate: Certificate;
let world: WebProviderPortal;
let recovery: ProviderApi;
let instances: WebProviders[];
beforeAll(async () => {
  certificate = await makeCertificate({ keys: 'rsa' });
  const directory = demoDirectory();
  for (const application of directory.applications) {
    if (application.clientId !== clientIds.organizationSignIn) continue;
    application.certificates.push({ id: 'one', pem: certificate.cert });
  }
  world = await startWebProviderPortal({ directory });
  ({ recovery } = world);
  instances = [instance(), instance()];
});
afterAll(() => world.close());

/** Another portal's providers on the same database. */
function instance(): WebProviders {
  const { database } = world.portal;
  const [now, nothing] = [() => new Date(), () => undefined];
  const addresses = { loginUrl: world.entra.origin, graphUrl: `${world.entra.origin}/graph` };
  const prepare = createRegistrations(addresses, now, nothing);
  return createProviders({
    ...addresses,
    database,
    appendAudit,
    prepare,
    now,
    environment: null,
    active: createActiveProviders(database, null, prepare),
    secrets: testSecrets(),
    createClient: createWebClient,
    replacePortalAccess: () => Promise.reject(new Error('not asked')),
    readGroups: () => Promise.reject(new Error('not asked')),
    publicUrl: 'http://localhost:8080',
    sessions: { ofProvider: async () => 0, committed: nothing },
    changed: nothing,
  }).web;
}

const address = '192.0.2.7';
const refused = new WebSignInError('credential_refused', 'for the log', {
  said: { ...nothingSaid, aadsts: 7000215 },
});

describe('an answer to a verification', () => {
  it('counts once, however many come at once and wherever', async () => {
    const { id } = await enterOrganization(recovery);
    const { verificationId } = await world.begin(recovery, id);
    const answers = await Promise.all(
      instances.flatMap((one) =>
        Array.from({ length: 4 }, () => one.judge(verificationId, refused, address)),
      ),
    );
    expect(answers.filter((answer) => answer === 'failed')).toHaveLength(1);
    expect(answers.filter((answer) => answer === 'over')).toHaveLength(7);
    expect(verificationOf(await recovery('GET', `/${id}/verification`))).toMatchObject({
      state: 'failed',
      aadsts: 7000215,
    });
    const events = await world.portal.database.db
      .select()
      .from(auditEvents)
      .orderBy(auditEvents.sequence);
    expect(events.filter(({ action }) => action === 'provider.verificationFailed')).toHaveLength(1);
  });

  it.each(['', 'x', '0a1b2c3d-0000-4000-8000-00000000dead'])(
    'to none (%s) changes nothing',
    async (verificationId) => {
      expect(await instances[0]?.judge(verificationId, refused, address)).toBe('over');
      expect(await instances[0]?.tried(verificationId, address)).toBeNull();
    },
  );
});

describe('a certificate in the secret’s place', () => {
  it('signs in (private_key_jwt), and is shown by its thumbprint', async () => {
    const found = (await listed(recovery)).providers.find(({ type }) => type === 'web');
    const id = found?.id ?? '';
    const { cert, key } = certificate;
    const input = { kind: 'certificate', certificate: cert, privateKey: key };
    const added = await recovery('POST', `/${id}/credentials`, { body: input });
    const { thumbprint } = readClientCertificate(cert, key);
    const entered = added.provider().credentials.find(({ kind }) => kind === 'certificate');
    expect(entered).toMatchObject({ hint: thumbprint, status: 'unverified' });
    expect(added.text).not.toContain('PRIVATE KEY');
    await world.finish(await world.begin(recovery, id, entered?.id), personIds.ada);
    const after = (await recovery('GET', `/${id}`)).provider();
    expect(after).toMatchObject({ status: 'active', verified: { tenantId } });
    expect(after.credentials.map(({ kind, status }) => [kind, status])).toEqual([
      ['secret', 'unverified'],
      ['certificate', 'current'],
    ]);
  });
});
