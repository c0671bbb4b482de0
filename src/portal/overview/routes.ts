import type { AuditEvent, SignIn } from '../../contract/activity.ts';
import type { Me } from '../../contract/me.ts';
import { getOverview, type Overview } from '../../contract/overview.ts';
import { allowedSomewhere, type Permission } from '../../domain/permissions.ts';
import { highestTargetRole, type Asker } from '../http/asker.ts';
import type { Routes } from '../http/serve.ts';
import { overviewCounts, visibleSettings } from './overview-counts.ts';

export interface OverviewDeps {
  readonly me: (asker: Asker) => Me | Promise<Me>;
  /** The newest sign-ins that the asker may see; only asked for those who may see activity. */
  readonly recentSignIns: (asker: Asker, limit: number) => Promise<readonly SignIn[]>;
  /** The newest changes that the asker may see; only asked for those who may see activity. */
  readonly recentChanges: (asker: Asker, limit: number) => Promise<readonly AuditEvent[]>;
  /** Null where the asker may not see providers. */
  readonly expiringCredentials: (asker: Asker) => Promise<Overview['expiringCredentials']>;
}

const recent = 5;

/** What Overview shows, in one answer. */
export function overviewRoutes(deps: OverviewDeps): Routes {
  const { me, recentSignIns, recentChanges } = deps;
  return (serve) => {
    serve(getOverview, async ({ asker }) => {
      const held = { portalRole: asker.portalRole, highestTargetRole: highestTargetRole(asker) };
      const may = (permission: Permission) => allowedSomewhere(held, permission);
      const activity = may('activity.view');
      const [own, signIns, changes, expiringCredentials] = await Promise.all([
        me(asker),
        activity ? recentSignIns(asker, recent) : null,
        activity ? recentChanges(asker, recent) : null,
        deps.expiringCredentials(asker),
      ]);
      return {
        me: own,
        ...overviewCounts(asker),
        ssoSettings: visibleSettings(asker, may('ssoSetting.view')),
        recentSignIns: signIns === null ? null : [...signIns],
        recentChanges: changes === null ? null : [...changes],
        expiringCredentials,
      };
    });
  };
}
