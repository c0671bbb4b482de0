import type { Bundle } from '../../contract/gate-protocol.ts';
import type { ConsoleRules } from '../../domain/console-rules.ts';
import { mappedRole, type GroupMapping, type MappedRole } from '../../domain/group-mapping.ts';
import { refusals } from '../../domain/refusal.ts';
import { roleLabels, roles, type Role } from '../../domain/role.ts';
import { firstVersionWithSso, supportsSso } from '../../domain/sensor-version.ts';
import { revocationIndex, type Revocation, type SessionEnd } from '../../domain/session-policy.ts';
import { ProblemError } from '../../server/problem-error.ts';
import type { InForce } from '../in-force.ts';
import { unpackGroups } from './packed-groups.ts';
import type { GateSession } from './session.ts';

export type Setting = NonNullable<Bundle['setting']>;

/** What a session is good for, by what is in force now. */
export type Standing =
  | {
      readonly role: Role;
      /** Null in a recovery session. */
      readonly given: { readonly setting: Setting; readonly mapped: MappedRole } | null;
      readonly rules: ConsoleRules | null;
    }
  | {
      readonly role: null;
      readonly refusal: ProblemError;
      /** Null: the session waits for better times (R16). */
      readonly ends: SessionEnd | null;
    };

/** Why nobody gets in, whoever they are; null: people can sign in (R16). */
export function entryRefusal({ bundle, condition }: InForce): ProblemError | null {
  if (condition === 'revoked') {
    return refused('gate_revoked', 'Its portal takes this gate for revoked. Enrol it anew.');
  }
  if (condition === 'noBundle' || bundle === null) {
    return refused('no_bundle', 'The portal hasn’t sent who may sign in here yet.');
  }
  if (condition === 'expired') {
    const until = new Date(bundle.exp * 1000).toISOString();
    return refused(
      'bundle_expired',
      `Its last settings from the portal were good until ${until}. Restore its connection, or use a recovery link.`,
    );
  }
  if (bundle.setting === null) {
    return refused(
      'sso_off',
      `No SSO setting applies to ${bundle.sensor.name}, to its zone or to its site.`,
    );
  }
  if (supportsSso(bundle.sensor.version) === true) return null;
  return refused(
    'sensor_unsupported',
    `${bundle.sensor.name} has version ${bundle.sensor.version || 'unknown'}; single sign-on needs ${firstVersionWithSso} or later.`,
  );
}

/** Made once for each bundle, and gone with it. */
const indexes = new WeakMap<readonly Revocation[], ReturnType<typeof revocationIndex>>();

function isRevokedBy(revocations: readonly Revocation[]): ReturnType<typeof revocationIndex> {
  const known = indexes.get(revocations);
  if (known !== undefined) return known;
  const index = revocationIndex(revocations);
  indexes.set(revocations, index);
  return index;
}

/** R15: the role that a session has by what is in force now, or why it has none. */
export function judge(session: GateSession, now: InForce): Standing {
  // R17: recovery works when nothing else does.
  if (session.kind === 'recovery') return { role: 'admin', given: null, rules: null };
  const refusal = entryRefusal(now);
  const setting = now.bundle?.setting ?? null;
  if (refusal !== null || setting === null || session.person === null) {
    const waits = now.condition !== 'inForce';
    return { role: null, refusal: refusal ?? noRole(null), ends: waits ? null : 'roleLost' };
  }
  const { tenantId, objectId } = session.person;
  const revocable = { sessionId: session.id, tenantId, objectId, openedAt: session.openedAt };
  if (isRevokedBy(now.bundle?.revocations ?? [])(revocable)) {
    const detail = 'An administrator ended it in the portal. Sign in again.';
    return { role: null, refusal: refused('session_revoked', detail, 401), ends: 'revoked' };
  }
  const ofTenant = tenantId === setting.tenantId.toLowerCase();
  const mapped = ofTenant ? mappedRole(setting.permissions, unpackGroups(session.groups)) : null;
  if (mapped === null) return { role: null, refusal: noRole(setting), ends: 'roleLost' };
  return { role: mapped.role, given: { setting, mapped }, rules: setting.consoleRules };
}

const mostGroups = 20;

/** R2: which setting was asked, what to request, and of whom. */
export function noRole(setting: Setting | null): ProblemError {
  const detail =
    setting === null
      ? refusals.no_role
      : `${refusals.no_role}: the SSO setting “${setting.name}” was asked. Ask an administrator to add you to one of its groups.`;
  const asked =
    setting === null
      ? []
      : [{ kind: 'ssoSetting', name: setting.name, ...toRequest(setting.permissions) }];
  return new ProblemError(403, 'no_role', detail, { details: { asked, notShown: 0 } });
}

function toRequest(mapping: GroupMapping) {
  const named = (role: Role) =>
    mapping[role].slice(0, mostGroups).map(({ id, displayName }) => ({ id, displayName }));
  return {
    request: roles
      .toReversed()
      .map((role) => ({ role, label: roleLabels[role], groups: named(role) }))
      .filter((one) => one.groups.length > 0),
    administrators: named('admin'),
  };
}

function refused(code: keyof typeof refusals, detail: string, status = 403): ProblemError {
  return new ProblemError(status, code, `${refusals[code]}. ${detail}`);
}
