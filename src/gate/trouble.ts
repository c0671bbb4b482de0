import type { GateReport } from '../contract/gate-report.ts';

/**
 * What the portal shows among the gate's warnings, where the disk takes no bundle or no events, each in
 * words; null: nothing. It stops nobody, and no delivery has failed.
 */
export function troubleOf(
  bundle: string | null,
  events: string | null,
): NonNullable<GateReport['trouble']> | null {
  const eventsSaid = events === null ? null : `Events can’t be kept: ${events}`;
  if (bundle === null) {
    return eventsSaid === null ? null : { code: 'events_not_kept', detail: eventsSaid };
  }
  const said = `The settings in force can’t be kept: ${bundle}`;
  return {
    code: 'bundle_not_kept',
    detail: eventsSaid === null ? said : `${said}. ${eventsSaid}`,
  };
}
