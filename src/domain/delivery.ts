/** How far a sensor's gate has come with what the portal wants it to have (R14). */
export const deliveryStates = [
  'pending',
  'applied',
  'failed',
  'unsupported',
  'disconnected',
  'notEnrolled',
] as const;

export type DeliveryState = (typeof deliveryStates)[number];

/** The words for each, as the pages show them. */
export const deliveryLabels: Readonly<Record<DeliveryState, string>> = {
  pending: 'Pending',
  applied: 'Applied',
  failed: 'Failed',
  unsupported: 'Unsupported',
  disconnected: 'Disconnected',
  notEnrolled: 'Not enrolled',
};

/** A gate silent for so long counts as disconnected. Milliseconds. */
export const disconnectedAfter = 5 * 60_000;

export interface GateProgress {
  /** Names the content that its bundle should have now. */
  readonly wanted: string;
  /** Names the content that it said it holds; null: none so far. */
  readonly applied: string | null;
  /** The content that it couldn't apply last; null: nothing failed since. */
  readonly failed: string | null;
  /** Milliseconds since 1970. Null: it never came back after its enrolment. */
  readonly lastSeenAt: number | null;
}

/**
 * R14. What nothing can be done about comes first: software that doesn't know SSO (`supportsSso` of
 * sensor-version.ts; unknown is never read as supported), no gate, a gate that doesn't answer.
 */
export function deliveryState(
  supports: boolean | null,
  gate: GateProgress | null,
  now: number,
): DeliveryState {
  if (supports !== true) return 'unsupported';
  if (gate === null) return 'notEnrolled';
  if (gate.lastSeenAt === null || now - gate.lastSeenAt >= disconnectedAfter) return 'disconnected';
  if (gate.applied === gate.wanted) return 'applied';
  return gate.failed === gate.wanted ? 'failed' : 'pending';
}
