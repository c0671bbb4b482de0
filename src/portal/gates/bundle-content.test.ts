import { describe, expect, it } from 'vitest';
import { bundle } from '../../contract/gate-protocol.ts';
import { defaultConsoleRules } from '../../domain/console-rules.ts';
import { defaultSessionPolicy } from '../../domain/session-policy.ts';
import type {
  AccessSnapshot,
  SnapshotSensor,
  SnapshotSite,
  SnapshotZone,
} from '../storage/access-snapshot.ts';
import { bundleContents, type BundleContent, type BundleIngredients } from './bundle-content.ts';
import type { RevocationRow } from './gate-state.ts';
import { publicKeyOf } from './public-keys.ts';

const gate = { id: 'gate-1', sensorId: 'sensor-1' };
const key = (x: string) => publicKeyOf(x.repeat(43));
const tenantId = '7c1f0d52-3a64-4b8e-9d17-0e5b6a2c4f10';

function snapshot(
  changes: { name?: string; version?: number; level?: 'site' | 'sensor' | 'none' } = {},
): AccessSnapshot {
  const { name = 'ANT-TF-01', version = 1, level = 'site' } = changes;
  const site: SnapshotSite = { id: 'site-1', name: 'Antwerp', subscriptionName: 'OT', zones: [] };
  const zone: SnapshotZone = { id: 'zone-1', name: 'Tank farm', site, sensors: [] };
  const sensor: SnapshotSensor = {
    id: gate.sensorId,
    name,
    version: '24.1.3',
    health: 'Healthy',
    zone,
  };
  const permissions = { admin: [], securityAnalyst: [], readOnly: [] };
  const setting = {
    id: 'setting-1',
    name: 'Antwerp',
    version,
    tenantId,
    clientId: tenantId,
    permissions,
    consoleRules: defaultConsoleRules,
    targets: [],
  };
  const target = level === 'site' ? 'site:site-1' : 'sensor:sensor-1';
  return {
    revision: 'access=3,inventory=4,provider=5',
    portalAccess: permissions,
    mappings: new Map([[setting.id, permissions]]),
    holdings: new Map(level === 'none' ? [] : [[target, setting.id]]),
    settings: new Map([[setting.id, setting]]),
    sites: new Map([[site.id, site]]),
    zones: new Map([[zone.id, zone]]),
    sensors: new Map([[sensor.id, sensor]]),
    users: new Map(),
    invitations: new Map(),
    linkedAddresses: new Map(),
    stepUpContext: null,
    sessionPolicy: defaultSessionPolicy,
  };
}

type State = BundleIngredients['state'];
const state: State = {
  revision: 6,
  signingKeys: [
    {
      id: key('A').kid,
      status: 'current',
      publicKey: key('A'),
      sealedPrivateKey: '',
      createdAt: new Date(0),
    },
  ],
  policy: { idleMinutes: 30, totalMinutes: 480, bundleDays: 30 },
  bundlesRenewedAt: new Date('2026-01-01T00:00:00Z'),
  revocations: [],
};
const revocation = (changes: Partial<RevocationRow>): RevocationRow => ({
  at: new Date('2026-01-02T00:00:00Z'),
  sessionId: null,
  gateId: null,
  tenantId: null,
  objectId: null,
  siteIds: null,
  ...changes,
});

function contents(of: AccessSnapshot = snapshot(), changes: Partial<State> = {}) {
  return bundleContents({
    snapshot: of,
    state: { ...state, ...changes },
    issuer: 'https://gatehouse.example.com',
    entra: { loginUrl: 'https://login.example.com', graphUrl: 'https://graph.example.com' },
  });
}
function content(of?: AccessSnapshot, changes?: Partial<State>): BundleContent {
  const found = contents(of, changes).contentOf(gate);
  if (found === null) throw new Error('no content');
  return found;
}

describe('bundleContents', () => {
  it('says everything that the gate must know', () => {
    const got = content();
    expect(bundle.parse({ ...got, iat: 0 })).toEqual({ ...got, iat: 0 });
    expect(got).toMatchObject({
      iss: 'https://gatehouse.example.com',
      aud: gate.id,
      sub: gate.sensorId,
      number: 18,
      exp: Date.parse('2026-01-31T00:00:00Z') / 1000,
      sensor: { name: 'ANT-TF-01', siteName: 'Antwerp', zoneName: 'Tank farm', version: '24.1.3' },
      setting: { version: 1, level: 'site', consoleRules: defaultConsoleRules },
      sessions: { idleMinutes: 30, totalMinutes: 480 },
      portalKeys: [key('A')],
    });
    expect(content(snapshot({ level: 'none' })).setting).toBeNull();
    const nowhere = { id: 'gate-2', sensorId: 'sensor-2' };
    expect([contents().tagOf(nowhere), contents().contentOf(nowhere)]).toEqual([null, null]);
  });

  it('gives the same content the same tag, whatever the number', () => {
    expect(contents(snapshot(), { revision: 99 }).tagOf(gate)).toBe(content().tag);
    expect(content(snapshot(), { revision: 99 }).number).toBe(111);
    expect(content().tag.length).toBeLessThanOrEqual(100);
  });

  it.each<[string, AccessSnapshot, Partial<State>]>([
    ['the setting', snapshot({ version: 2 }), {}],
    ['where the setting comes from', snapshot({ level: 'sensor' }), {}],
    ['whether there is one', snapshot({ level: 'none' }), {}],
    ['the name of the sensor', snapshot({ name: 'ANT-TF-1' }), {}],
    ['the session policy', snapshot(), { policy: { ...state.policy, idleMinutes: 31 } }],
    ['how long it is good', snapshot(), { policy: { ...state.policy, bundleDays: 31 } }],
    ['its renewal', snapshot(), { bundlesRenewedAt: new Date('2026-01-02T00:00:00Z') }],
    ['a revocation', snapshot(), { revocations: [revocation({ tenantId, objectId: tenantId })] }],
    [
      'a key of the portal',
      snapshot(),
      {
        signingKeys: [
          ...state.signingKeys,
          {
            id: key('B').kid,
            status: 'next',
            publicKey: key('B'),
            sealedPrivateKey: '',
            createdAt: new Date(0),
          },
        ],
      },
    ],
  ])('gives another tag when this changes: %s', (_what, of, changes) => {
    const changed = content(of, changes);
    expect(changed.tag).not.toBe(content().tag);
    expect({ ...changed, tag: '' }).not.toEqual({ ...content(), tag: '' });
  });

  it('names the gate that it is for', () => {
    expect(contents().tagOf({ ...gate, id: 'gate-2' })).not.toBe(content().tag);
  });

  it('tells a gate the revocations that concern it, and no others', () => {
    const person = { tenantId, objectId: tenantId };
    const until = Date.parse('2026-01-02T00:00:00Z');
    const rows = [
      revocation(person),
      revocation({ ...person, siteIds: ['site-1', 'site-2'] }),
      revocation({ sessionId: 'session-1', gateId: 'gate-1' }),
    ];
    const others = [
      revocation({ ...person, siteIds: ['site-2'] }),
      revocation({ sessionId: 'session-2', gateId: 'gate-2' }),
    ];
    const got = content(snapshot(), { revocations: [...rows, ...others] });
    expect(got.revocations).toEqual([
      { kind: 'person', ...person, until },
      { kind: 'person', ...person, until },
      { kind: 'session', sessionId: 'session-1' },
    ]);
    expect(content(snapshot(), { revocations: others }).tag).toBe(content().tag);
    expect(got.tag).not.toBe(content(snapshot(), { revocations: rows.slice(0, 2) }).tag);
  });
});
