import type { SsoSetting } from '../../contract/sso-settings.ts';
import type { NamedTarget } from '../../contract/target.ts';
import { targetKinds } from '../../domain/target.ts';

/** A setting at a target, under the site that the target is in. */
export interface Grant {
  readonly setting: SsoSetting;
  readonly target: NamedTarget;
}

export interface SiteGrants {
  readonly siteId: string;
  readonly siteName: string;
  /** The site's own setting first, then zones, then sensors: what stands below overrides (R3). */
  readonly grants: readonly Grant[];
}

/** Settings turned round: by site, who gets what there. Sites by name. */
export function whoGetsWhat(settings: readonly SsoSetting[], search: string): SiteGrants[] {
  const wanted = search.trim().toLowerCase();
  const sites = new Map<string, { siteName: string; grants: Grant[] }>();
  for (const setting of settings) {
    for (const target of setting.targets) {
      const site = sites.get(target.siteId) ?? { siteName: target.siteName, grants: [] };
      site.grants.push({ setting, target });
      sites.set(target.siteId, site);
    }
  }
  return [...sites]
    .map(([siteId, { siteName, grants }]) => ({
      siteId,
      siteName,
      grants: grants
        .filter(
          (grant) =>
            wanted === '' || `${siteName} ${wordsOf(grant)}`.toLowerCase().includes(wanted),
        )
        .sort((a, b) => level(b) - level(a) || a.target.name.localeCompare(b.target.name)),
    }))
    .filter(({ grants }) => grants.length > 0)
    .sort((a, b) => a.siteName.localeCompare(b.siteName));
}

function level({ target }: Grant): number {
  return targetKinds.indexOf(target.kind);
}

function wordsOf({ setting, target }: Grant): string {
  const groups = Object.values(setting.permissions).flat();
  return [
    setting.name,
    target.name,
    ...groups.flatMap(({ id, displayName }) => [id, displayName ?? '']),
  ].join(' ');
}
