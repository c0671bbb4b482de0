import type { Gate } from '../../contract/gates.ts';
import { clockProblem } from '../../domain/clock.ts';

/** A certificate that ends within so many milliseconds is worth a warning. */
const certificateWarning = 30 * 86_400_000;

/** A bundle that ends within so many milliseconds is worth a warning. */
const bundleWarning = 3 * 86_400_000;

/** How far a gate's clock is off, for people. Milliseconds; null: not measured yet. */
export function clockWords(offset: number | null): string {
  if (offset === null) return 'Not measured yet';
  const off = clockProblem(offset);
  if (off !== null) return `${off}: sign-ins fail there until it is set right`;
  const seconds = Math.round(Math.abs(offset) / 1000);
  if (seconds < 2) return 'Correct';
  return `Near enough: ${seconds} seconds ${offset > 0 ? 'fast' : 'slow'}`;
}

export interface GateWarning {
  readonly title: string;
  readonly detail: string;
}

type Warned = Pick<Gate, 'clockOffset' | 'certificateExpiresAt' | 'bundleExpiresAt' | 'trouble'>;

/** What somebody should look after at a gate, most pressing first. `now` in milliseconds since 1970. */
export function gateWarnings(gate: Warned, now: number): GateWarning[] {
  const clock = gate.clockOffset === null ? null : clockProblem(gate.clockOffset);
  return [
    ends(gate.bundleExpiresAt, now, bundleWarning, {
      title: 'bundle',
      past: 'Nobody can sign in there but with recovery, until the gate reaches the portal again.',
      soon: 'It gets a new one as soon as it reaches the portal; without it, only recovery is left.',
    }),
    clock === null
      ? null
      : {
          title: `The clock of this sensor is ${clock}`,
          detail: 'Tokens are refused there until it is set right: let it take its time from NTP.',
        },
    troubleWarning(gate.trouble),
    ends(gate.certificateExpiresAt, now, certificateWarning, {
      title: 'certificate',
      past: 'Browsers warn before they open the console. Put a new certificate in its place: the gate takes it without a restart.',
      soon: 'Put a new certificate in its place before that: the gate takes it without a restart.',
    }),
  ].filter((warning) => warning !== null);
}

/** What a gate says goes wrong there, in its own words. */
function troubleWarning(trouble: Gate['trouble']): GateWarning | null {
  if (trouble === null) return null;
  if (trouble.code === 'bundle_not_kept') {
    return {
      title: 'The disk of this sensor takes no settings',
      detail: `What the portal has sent is in force there; but if the gate is restarted, it has older settings until the portal answers. Make room on the disk. ${trouble.detail}`,
    };
  }
  if (trouble.code !== 'events_not_kept') {
    return { title: 'Something goes wrong at this gate', detail: trouble.detail };
  }
  return {
    title: 'The disk of this sensor takes no events',
    detail: `Sign-ins go on there, but what happens isn’t kept: soon it is only counted. Make room on the disk. ${trouble.detail}`,
  };
}

function ends(
  at: string | null,
  now: number,
  within: number,
  { title, past, soon }: { title: string; past: string; soon: string },
): GateWarning | null {
  if (at === null) return null;
  const left = Date.parse(at) - now;
  if (left >= within) return null;
  if (left <= 0) return { title: `The ${title} of this gate has expired`, detail: past };
  const days = Math.floor(left / 86_400_000);
  const when = days === 0 ? 'within a day' : days === 1 ? 'in a day' : `in ${days} days`;
  return { title: `The ${title} of this gate expires ${when}`, detail: soon };
}

/** Allow rules as a firewall's administrator takes them: one a line. */
export function allowRulesText(rules: Gate['allowRules']): string {
  return rules
    .map(({ purpose, host, port, protocol }) => `allow ${protocol} ${host}:${port}  # ${purpose}`)
    .join('\n');
}
