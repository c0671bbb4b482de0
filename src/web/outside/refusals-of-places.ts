import { refusals } from '../../domain/refusal.ts';
import { placed, type Explain } from './explained-refusal.ts';

const portalAdministrator = 'Whoever administers Gatehouse';

/** Refusals that nobody's account is to blame for: the sensor, its gate, the network, the clock. */
export const refusalsOfPlaces = {
  sso_off: (_, __, place) => ({
    title: 'Single sign-on is off at this sensor',
    why: 'No SSO setting applies to this sensor: not to itself, nor to its zone or its site. So nobody can sign in to its console.',
    mender: `${portalAdministrator} can apply a setting in the portal, under Sites and sensors › Sensor settings. It acts here within seconds.`,
    ask: `Please apply an SSO setting to ${placed(place)}, or to its zone or site, in Gatehouse: Sites and sensors › Sensor settings.`,
  }),
  sensor_unsupported: (problem, _, place) => ({
    title: 'The software of this sensor is too old for single sign-on',
    why: sentence(problem.detail, 'Single sign-on needs sensor software 24.1.2 or later.'),
    mender: `Whoever maintains the sensor can update it. After that, whoever administers Gatehouse enters the new version in the inventory, or imports it.`,
    ask: `Please update ${placed(place)} to software 24.1.2 or later, and its version in the inventory of Gatehouse, so that single sign-on works there.`,
  }),
  bundle_expired: (_, __, place) => ({
    title: 'This gate has been without its portal for too long',
    why: 'A gate goes on without its portal for a limited number of days, by the last settings that the portal signed. Those have expired, and it never falls back to a shared account.',
    mender:
      'Whoever runs the sensor can restore its connection to the portal: the gate then fetches its settings by itself. Until then only a recovery link opens the console: run gatehouse gate recover on the sensor.',
    ask: `The gate of ${placed(place)} has been without the portal of Gatehouse for too long (bundle_expired). Please restore its HTTPS connection to the portal. In urgent cases, run “gatehouse gate recover” on the sensor.`,
  }),
  no_bundle: (_, __, place) => ({
    title: 'This gate has not received its settings yet',
    why: 'The gate doesn’t know yet who may sign in here: its portal hasn’t sent that, or couldn’t.',
    mender: `Usually it takes seconds: this page goes on by itself. If it doesn’t, whoever administers Gatehouse sees the reason in the portal, on the page of this sensor.`,
    ask: `The gate of ${placed(place)} has not received its settings (no_bundle). Please look at the delivery state of this sensor in Gatehouse.`,
  }),
  gate_revoked: (_, __, place) => ({
    title: 'This gate was revoked',
    why: 'An administrator said in the portal that this gate counts no more, so it lets nobody in and gets no settings.',
    mender: `${portalAdministrator} can enrol it anew: on the sensor’s page in the portal, Enrol gate.`,
    ask: `The gate of ${placed(place)} was revoked. If that wasn’t meant, please enrol it anew: on the sensor’s page in Gatehouse, Enrol gate.`,
  }),
  clock_off: (problem, _, place) => ({
    title:
      place === null
        ? 'The clock of the server is wrong'
        : 'The clock of this sensor is wrong, so sign-ins fail',
    why: sentence(
      problem.detail,
      'A sign-in is good for a certain time only. With a wrong clock nobody can tell whether it still is.',
    ),
    mender: `Whoever runs the ${place === null ? 'server' : 'sensor'} can set its clock, best by a time server (NTP).`,
    ask: `The clock of ${place === null ? 'the server of Gatehouse' : placed(place)} is wrong: ${sentence(problem.detail, 'sign-ins fail by it.')} Please set it, and have it follow a time server (NTP).`,
  }),
  keys_unavailable: (_, __, place) => ({
    title: 'Sign-ins can’t be checked at the moment',
    why: `The ${place === null ? 'server' : 'gate'} can’t fetch the signing keys of Microsoft Entra ID, so it can’t tell whether a sign-in is genuine. It isn’t your account.${place === null ? '' : ' People who are signed in already go on working.'}`,
    mender: `Whoever runs ${place === null ? 'Gatehouse' : 'the sensor'} can check that ${place === null ? 'the server' : 'it'} reaches Entra ID over HTTPS. Trying again in a minute may be enough.`,
    ask: `${place === null ? 'Gatehouse' : `The gate of ${placed(place)}`} can’t fetch the signing keys of Microsoft Entra ID (keys_unavailable). Please check ${place === null ? 'the server’s' : 'its'} outbound HTTPS connection to the sign-in address.`,
  }),
  console_unreachable: (problem, _, place) => ({
    title: 'The console doesn’t answer',
    why: sentence(
      problem.detail,
      'You are signed in, but the sensor’s own console behind this gate can’t be reached.',
    ),
    mender: 'Whoever runs the sensor can look whether its console is running.',
    ask: `The console of ${placed(place)} doesn’t answer behind its gate. Please look whether it is running.`,
  }),
  foreign_origin: (problem, _, place) => ({
    title: 'This came from another page',
    why: sentence(
      problem.detail,
      `What changes something in the console${place === null ? '' : ` of ${place.name}`} has to be sent by a page of this very address, so that no other site can do it in your name.`,
    ),
    mender:
      'You can: open the console by its own address, and do it there. If you did, whoever runs the sensor can check the public address that its gate was given.',
    ask: null,
  }),
  offline: (_, __, place) => ({
    title: place === null ? 'Gatehouse can’t be reached' : 'The gate can’t be reached',
    why: 'The server didn’t answer, or something else answered in its place.',
    mender: `Check your connection. If it is all right, whoever runs ${place === null ? 'Gatehouse has to look at the server' : 'the sensor has to look at its gate'}.`,
    ask: null,
  }),
} as const satisfies Record<string, Explain>;

/** The server's own words where it has some, because it knows the numbers, without the title again. */
function sentence(detail: string, otherwise: string): string {
  const title = Object.values(refusals).find((one) => detail.startsWith(one)) ?? '';
  const rest = detail.slice(title.length).replace(/^[.:]?\s+/u, '');
  return rest === '' ? otherwise : `${rest.charAt(0).toUpperCase()}${rest.slice(1)}`;
}
