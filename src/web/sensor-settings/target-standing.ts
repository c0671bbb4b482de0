/** What a row of the Apply step says about a site, a zone or a sensor. */
export interface TargetStanding {
  readonly kind: 'free' | 'this' | 'has' | 'replaces' | 'keeps' | 'inherits';
  /** Null where there is nothing to say. */
  readonly text: string | null;
}

interface TargetState {
  readonly heldBy: { readonly settingId: string; readonly settingName: string } | null;
  readonly chosen: boolean;
  /** The chosen level above, if any. */
  readonly inherits: 'zone' | 'site' | null;
  /** The setting that is being edited; null: a new one. */
  readonly settingId: string | null;
}

/** R3 and R4 for one row: what it holds, and what choosing it or what is above it would do. */
export function targetStanding({
  heldBy,
  chosen,
  inherits,
  settingId,
}: TargetState): TargetStanding {
  if (heldBy !== null && heldBy.settingId !== settingId) {
    if (chosen) return { kind: 'replaces', text: `Replaces “${heldBy.settingName}”` };
    return inherits === null
      ? { kind: 'has', text: `Has “${heldBy.settingName}”` }
      : { kind: 'keeps', text: `Keeps “${heldBy.settingName}”` };
  }
  if (heldBy !== null && !chosen) return { kind: 'this', text: 'Has this setting now' };
  if (!chosen && inherits !== null) return { kind: 'inherits', text: `Inherits from ${inherits}` };
  return { kind: 'free', text: null };
}
