import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Provider } from '../../contract/sign-in-providers.ts';
import {
  groupId,
  oneGroupEach,
  startBarePortal,
  type BarePortal,
} from '../../testing/bare-portal.ts';
import { makeCertificate } from '../../testing/certificate.ts';
import {
  listed,
  providerApi,
  type ProviderApi,
  secretInput,
  spaRegistration,
  webRegistration,
  wrongFields,
} from '../../testing/provider-api.ts';
import { auditEvents } from '../storage/schema.ts';
import { providerCredentials } from '../storage/provider-schema.ts';

let portal: BarePortal;
let api: ProviderApi;
beforeAll(async () => {
  portal = await startBarePortal({ provider: false });
  api = providerApi(portal.app, await portal.recover());
});
afterAll(() => portal.close());

const portalAccess = oneGroupEach({ admin: groupId(1) });
const enter = (body: object) => api('POST', '', { body });
const web = (changes = {}) => ({ ...webRegistration, ...changes });
const list = async () => (await listed(api)).providers;
const day = 86_400_000;

describe('R21: what is entered wrongly is refused at its field', () => {
  const secretId = '0a1b2c3d-0000-4000-8000-0000000000f1';
  it.each([
    ['an id', { registration: { ...spaRegistration, tenantId: 'x' } }, '/registration/tenantId'],
    ['no name', { registration: { ...spaRegistration, name: '  ' } }, '/registration/name'],
    ['another type', { registration: { ...spaRegistration, type: 'saml' } }, '/registration/type'],
    [
      'a tenant missing',
      { registration: web({ tenantId: null }), credential: secretInput(), portalAccess },
      '/registration/tenantId',
    ],
    ['no secret', { registration: web(), portalAccess }, '/credential'],
    [
      'a secret of a page',
      { registration: spaRegistration, credential: secretInput(), portalAccess },
      '/credential',
    ],
    [
      'an empty secret',
      { registration: web(), credential: secretInput(' \n'), portalAccess },
      '/credential/value',
    ],
    [
      'the secret’s id',
      { registration: web(), credential: secretInput(` ${secretId}\r\n`), portalAccess },
      '/credential/value',
    ],
    [
      'two lines',
      { registration: web(), credential: secretInput('one\ntwo'), portalAccess },
      '/credential/value',
    ],
    [
      'an end that is over',
      { registration: web(), credential: secretInput('secret', -1), portalAccess },
      '/credential/expiresAt',
    ],
    [
      'no certificate',
      {
        registration: web(),
        credential: { kind: 'certificate', certificate: 'x', privateKey: 'y' },
        portalAccess,
      },
      '/credential/certificate',
    ],
    ['nobody as Admin', { registration: spaRegistration }, '/portalAccess'],
    [
      'no Admin group',
      { registration: spaRegistration, portalAccess: oneGroupEach({ readOnly: groupId(3) }) },
      '/portalAccess/admin',
    ],
  ])('%s', async (_, body, path) => {
    const answer = await enter(body);
    expect([answer.status, wrongFields(answer)]).toEqual([400, [path]]);
    expect(await list()).toEqual([]);
    if ('credential' in body) expect(answer.text).not.toContain(secretId);
  });

  it('certificates, and never with the key in the answer', async () => {
    const [good, other] = [
      await makeCertificate({ keys: 'rsa' }),
      await makeCertificate({ keys: 'rsa' }),
    ];
    const [until, from] = [new Date(Date.now() - day), new Date(Date.now() - 3 * day)];
    const old = await makeCertificate({ keys: 'rsa', from, until });
    for (const [certificate, privateKey, field] of [
      [good.cert, other.key, 'privateKey'],
      [old.cert, old.key, 'certificate'],
      [good.key, good.key, 'certificate'],
    ]) {
      const credential = { kind: 'certificate', certificate, privateKey };
      const answer = await enter({ registration: web(), credential, portalAccess });
      expect(wrongFields(answer)).toEqual([`/credential/${field}`]);
      expect(answer.text).not.toContain('PRIVATE KEY');
    }
  });
});

describe('a provider that was entered', () => {
  it('waits to be verified, and its secret is nowhere to be read (R20)', async () => {
    const value = 'Abc8Q~local-secret-that-nobody-reads';
    const answer = await enter({
      registration: web(),
      credential: secretInput(`  ${value}\r\n`),
      portalAccess,
    });
    const provider = answer.provider();
    expect(provider).toMatchObject({
      source: 'portal',
      status: 'unverified',
      primary: false,
      issuerUrl: portal.issuer.issuer,
      verified: null,
      draft: webRegistration,
      draftPortalAccess: portalAccess,
      draftSignIn: null,
      credentials: [{ kind: 'secret', status: 'unverified', hint: 'Abc', verifiedAt: null }],
      yours: false,
    });
    expect(answer.headers['etag']).toBe(`"${provider.revision}"`);
    const stored = await portal.database.db.select().from(providerCredentials);
    const audited = await portal.database.db
      .select()
      .from(auditEvents)
      .orderBy(auditEvents.sequence);
    expect(audited.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['provider.created', 'provider.credentialAdded']),
    );
    for (const text of [answer.text, JSON.stringify(stored), JSON.stringify(audited)]) {
      expect(text).not.toContain(value);
      expect(text).not.toContain('~local-secret');
    }
    const page = await portal.app.inject('/api/v1/configuration');
    expect(page.json()).toMatchObject({ provider: null, providers: [] });
  });

  it('is the same application as no other', async () => {
    const answer = await enter({
      registration: web({ name: 'Again', multitenant: true, tenantId: null }),
      credential: secretInput(),
      portalAccess,
    });
    expect(wrongFields(answer)).toEqual(['/registration/clientId']);
    expect(answer.text).toContain('Contoso (web)');
  });

  it('can be another one in the same tenant', async () => {
    const answer = await enter({ registration: spaRegistration, portalAccess });
    expect(answer.provider()).toMatchObject({
      draftSignIn: { clientId: spaRegistration.clientId },
      credentials: [],
    });
  });

  it('is listed, with every address to enter in Entra', async () => {
    const answer = await listed(api);
    expect(answer.providers).toHaveLength(2);
    expect(answer.redirectUris).toEqual({
      spa: 'http://localhost:8080/redirect.html',
      web: 'http://localhost:8080/sign-in/callback',
      frontChannelLogout: 'http://localhost:8080/sign-in/front-channel-logout',
    });
  });

  it.each(['x', 'environment', '0a1b2c3d-0000-4000-8000-00000000dead', '%00', "'"])(
    'by the id %s: there is none',
    async (id) => {
      const { status } = await api('GET', `/${id}`);
      expect([404, 409]).toContain(status);
      expect((await api('POST', `/${id}/promotion`)).status).toBeGreaterThanOrEqual(404);
    },
  );
});

describe('editing', () => {
  const byType = async (type: string) =>
    (await list()).find((one) => one.type === type) as Provider;

  it('R7: asks for the revision that was seen, and answers what is there now', async () => {
    const before = await byType('spa');
    const edit = (name: string, ifMatch?: string) =>
      api('PUT', `/${before.id}`, {
        body: { registration: { ...spaRegistration, name } },
        ...(ifMatch === undefined ? {} : { ifMatch }),
      });
    expect((await edit('Other')).status).toBe(428);
    const answers = await Promise.all(['A', 'B'].map((name) => edit(name, before.revision)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412]);
    const won = answers.find(({ status }) => status === 200)?.provider();
    const lost = answers.find(({ status }) => status === 412)?.problem();
    expect(lost?.details).toMatchObject({ current: { name: won?.name, id: before.id } });
  });

  it('keeps portal access until it is given anew, and the type always', async () => {
    const { id, revision } = await byType('spa');
    const registration = { ...spaRegistration, clientId: groupId(60) };
    const changed = (
      await api('PUT', `/${id}`, { body: { registration }, ifMatch: revision })
    ).provider();
    expect(changed).toMatchObject({ draft: registration, draftPortalAccess: portalAccess });
    const other = await api('PUT', `/${id}`, {
      body: { registration: webRegistration },
      ifMatch: changed.revision,
    });
    expect(wrongFields(other)).toContain('/registration/clientId');
    const type = await api('PUT', `/${id}`, {
      body: { registration: web({ clientId: groupId(61) }) },
      ifMatch: changed.revision,
    });
    expect(wrongFields(type)).toEqual(['/registration/type']);
  });

  it('can’t drop what nothing was verified before', async () => {
    const { id, revision } = await byType('spa');
    const answer = await api('DELETE', `/${id}/draft`, { ifMatch: revision });
    expect(answer.problem()).toMatchObject({ status: 409, code: 'no_draft' });
  });
});
