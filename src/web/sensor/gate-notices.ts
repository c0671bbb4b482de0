import type { GateStatus } from '../../contract/gate-page.ts';

export interface GateNotice {
  readonly id: 'entra' | 'clock' | 'portal' | 'certificate';
  /** `alert`: signing in fails by it. */
  readonly tone: 'alert' | 'note';
  readonly title: string;
  readonly text: string;
}

/**
 * What people at a gate must know before they wonder, the gravest first. `time` writes a time as it
 * is read here; `signedIn` changes what matters: an open session goes on.
 */
export function gateNotices(
  status: Pick<
    GateStatus,
    'portal' | 'entra' | 'clock' | 'certificate' | 'bundleExpiresAt' | 'refusal'
  >,
  { signedIn, time }: { signedIn: boolean; time: (at: string) => string },
): GateNotice[] {
  return [
    ...clock(status, signedIn),
    ...entra(status, signedIn, time),
    ...portal(status, time),
    ...certificate(status),
  ];
}

function clock(status: Pick<GateStatus, 'clock'>, signedIn: boolean): GateNotice[] {
  if (status.clock === null) return [];
  return [
    {
      id: 'clock',
      tone: 'alert',
      title: `The clock of this sensor is ${status.clock}`,
      text: `${signedIn ? 'Your session goes on, but new sign-ins fail' : 'Sign-ins fail'} until whoever runs the sensor sets its clock, best by a time server (NTP).`,
    },
  ];
}

function entra(
  { entra: { reachable, unreachableSince, reason } }: Pick<GateStatus, 'entra'>,
  signedIn: boolean,
  time: (at: string) => string,
): GateNotice[] {
  if (reachable !== false) return [];
  return [
    {
      id: 'entra',
      tone: signedIn ? 'note' : 'alert',
      title: `Microsoft Entra ID can’t be reached from this sensor${since(unreachableSince, time)}`,
      text: [
        signedIn
          ? 'Your session goes on. New sign-ins may fail until the connection is back.'
          : 'New sign-ins may fail until the connection is back. Whoever is signed in already goes on working.',
        // For whoever mends it, after what it means for everybody.
        reason === null ? '' : `What failed: ${ended(reason)}`,
      ]
        .filter((part) => part !== '')
        .join(' '),
    },
  ];
}

function portal(
  {
    portal: { reachable, unreachableSince },
    bundleExpiresAt,
    refusal,
  }: Pick<GateStatus, 'portal' | 'bundleExpiresAt' | 'refusal'>,
  time: (at: string) => string,
): GateNotice[] {
  if (reachable) return [];
  const over = refusal !== null;
  return [
    {
      id: 'portal',
      tone: 'note',
      title: `The portal can’t be reached${since(unreachableSince, time)}`,
      text: over
        ? 'The gate tries again all the time, and fetches its settings as soon as it can.'
        : `This gate goes on by the last settings that the portal signed${bundleExpiresAt === null ? '' : `, until ${time(bundleExpiresAt)}`}. Changes made in the portal arrive when the connection is back.`,
    },
  ];
}

function certificate({ certificate: problem }: Pick<GateStatus, 'certificate'>): GateNotice[] {
  if (problem === null || problem === undefined) return [];
  return [
    {
      id: 'certificate',
      tone: 'note',
      title: 'The certificate of this gate needs attention',
      text: `${ended(problem)} Whoever runs the sensor can put a new one in its place: it counts without a restart.`,
    },
  ];
}

function since(at: string | null, time: (at: string) => string): string {
  return at === null ? '' : ` (since ${time(at)})`;
}

function ended(sentence: string): string {
  return /[.!?]$/u.test(sentence) ? sentence : `${sentence}.`;
}
