import { createHash } from 'node:crypto';
import type { Bundle } from '../../contract/gate-protocol.ts';
import { consoleRulesAnswer } from '../../contract/console-rules.ts';
import { mappingAnswer } from '../../contract/group-mapping.ts';
import { effectiveSetting } from '../../domain/effective-setting.ts';
import type { TargetKind } from '../../domain/target.ts';
import {
  sensorPlace,
  type AccessSnapshot,
  type SnapshotSensor,
  type SnapshotSetting,
} from '../storage/access-snapshot.ts';
import type { Gate } from './gate.ts';
import type { GateState } from './gate-state.ts';
import { revocationsOf } from './bundle-revocations.ts';

export interface BundleIngredients {
  readonly snapshot: AccessSnapshot;
  readonly state: Omit<GateState, 'gates'>;
  /** The portal's origin. */
  readonly issuer: string;
  readonly entra: Bundle['entra'];
}

/** What a gate should hold: everything of a bundle but when it was issued. */
export type BundleContent = Omit<Bundle, 'iat'>;

type GateOfSensor = Pick<Gate, 'id' | 'sensorId'>;

/** What all gates should hold, as of one moment. */
export interface BundleContents {
  readonly number: number;
  /** Names what a gate should hold; null for a sensor that isn't in the inventory. */
  tagOf(gate: GateOfSensor): string | null;
  contentOf(gate: GateOfSensor): BundleContent | null;
}

/** To be raised when bundles of the same content get another form: gates then fetch them anew. */
const form = 1;
const day = 86_400_000;

/**
 * The content of every gate's bundle. A tag is put together of digests of its parts, each made once:
 * the tags of 100,000 gates cost little more than looking at each.
 */
export function bundleContents(ingredients: BundleIngredients): BundleContents {
  const { snapshot, state, issuer, entra } = ingredients;
  const { policy, bundlesRenewedAt, signingKeys } = state;
  const exp = Math.floor((bundlesRenewedAt.getTime() + policy.bundleDays * day) / 1000);
  const sessions = { idleMinutes: policy.idleMinutes, totalMinutes: policy.totalMinutes };
  const portalKeys = signingKeys.map(({ publicKey }) => publicKey);
  const revocations = revocationsOf(state.revocations);
  const shared = digest([form, issuer, entra, sessions, exp, portalKeys, revocations.everywhere]);
  const number = revisionSum(snapshot.revision) + state.revision;
  const settings = new Map<string, { setting: Bundle['setting']; digest: string }>();
  const known = new Map<string, { readonly tag: string; readonly setting: Bundle['setting'] }>();

  function settingAt(sensor: SnapshotSensor) {
    const effective = effectiveSetting(sensorPlace(sensor), snapshot.holdings);
    const found = effective === null ? undefined : snapshot.settings.get(effective.settingId);
    if (effective === null || found === undefined) return { setting: null, digest: 'off' };
    const key = `${effective.level}:${found.id}`;
    const before = settings.get(key);
    if (before !== undefined) return before;
    const setting = settingPart(found, effective.level);
    const made = { setting, digest: digest(setting) };
    settings.set(key, made);
    return made;
  }

  function wantedAt({ id, sensorId }: GateOfSensor) {
    const before = known.get(id);
    if (before !== undefined) return before;
    const sensor = snapshot.sensors.get(sensorId);
    if (sensor === undefined) return null;
    const own = revocations.only(id, sensor.zone.site.id);
    const at = settingAt(sensor);
    const parts = [shared, at.digest, sensorDigest(id, sensor)];
    const tag = [...parts, ...(own.length === 0 ? [] : [digest(own)])].join('.');
    const wanted = { tag, setting: at.setting };
    known.set(id, wanted);
    return wanted;
  }

  return {
    number,
    tagOf: (gate) => wantedAt(gate)?.tag ?? null,
    contentOf(gate) {
      const sensor = snapshot.sensors.get(gate.sensorId);
      const wanted = wantedAt(gate);
      if (sensor === undefined || wanted === null) return null;
      return {
        iss: issuer,
        aud: gate.id,
        sub: gate.sensorId,
        exp,
        number,
        tag: wanted.tag,
        sensor: sensorPart(sensor),
        setting: wanted.setting,
        entra,
        sessions,
        revocations: revocations.of(gate.id, sensor.zone.site.id),
        portalKeys,
      };
    },
  };
}

/** The revisions of a snapshot, added up. */
export function revisionSum(revision: string): number {
  return revision.split(',').reduce((sum, one) => sum + Number(one.split('=')[1] ?? 0), 0);
}

function settingPart(setting: SnapshotSetting, level: TargetKind): Bundle['setting'] {
  const { id, name, version, tenantId, clientId, permissions, consoleRules } = setting;
  return {
    id,
    name,
    version,
    level,
    tenantId,
    clientId,
    permissions: mappingAnswer(permissions),
    consoleRules: consoleRulesAnswer(consoleRules),
  };
}

function sensorPart({ id, name, version, zone }: SnapshotSensor): Bundle['sensor'] {
  const { name: siteName, subscriptionName } = zone.site;
  return { id, name, siteName, zoneName: zone.name, subscriptionName, version };
}

const sensorDigests = new Map<string, { readonly of: string; readonly digest: string }>();

/** Of what the inventory says; remembered by sensor, because it hardly ever changes. */
function sensorDigest(gateId: string, sensor: SnapshotSensor): string {
  const of = [gateId, ...Object.values(sensorPart(sensor))].join('\n');
  const known = sensorDigests.get(sensor.id);
  if (known?.of === of) return known.digest;
  const made = { of, digest: digest(of) };
  sensorDigests.set(sensor.id, made);
  return made.digest;
}

/** 96 bits: a tag names what a signature vouches for, it doesn't vouch itself. */
function digest(part: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(part))
    .digest()
    .subarray(0, 12)
    .toString('base64url');
}
