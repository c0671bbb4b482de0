import { roleLabels } from '../../domain/role.ts';

/** What people know the fields of audit entries as, by their names in the API. */
const labels: Readonly<Record<string, string>> = {
  ...roleLabels,
  apiClientId: 'Application of the API',
  at: 'When',
  bundleDays: 'Days that a gate goes on without the portal',
  clientId: 'Application (client) ID',
  clockOffset: 'Milliseconds that the gate’s clock is ahead',
  code: 'Code',
  consoleRules: 'Console rules',
  count: 'Number',
  description: 'Description',
  detail: 'Detail',
  effect: 'Effect',
  endsAt: 'Ends',
  enrolledAt: 'Enrolled',
  events: 'Events',
  expiresAt: 'Expires',
  fingerprint: 'Key fingerprint',
  gateId: 'Gate',
  id: 'ID',
  idleMinutes: 'Minutes of idling that end a session',
  keyFingerprint: 'Key fingerprint',
  kind: 'Kind',
  methods: 'Methods',
  moreTargets: 'Further places',
  name: 'Name',
  notInFile: 'Not in the file',
  objectId: 'Object ID',
  occurredAt: 'When, by the gate’s clock',
  openedAt: 'Opened',
  origin: 'Address of the gate',
  path: 'Path',
  permission: 'Permission needed',
  permissions: 'Permissions management',
  person: 'Person',
  portalAccess: 'Portal access',
  problems: 'Problems',
  queue: 'Queue of events',
  reason: 'Reason',
  repeated: 'Repeated',
  replaces: 'Replaced gate',
  request: 'Request',
  revision: 'Revision',
  role: 'Role',
  rows: 'Rows',
  sensor: 'Sensor',
  sensors: 'Sensors',
  sequence: 'Number of the event',
  sequences: 'Numbers of the events',
  sessionId: 'Session',
  sessionPolicy: 'Sessions at gates',
  sessions: 'Sessions',
  sites: 'Sites',
  software: 'Software',
  status: 'Status',
  subscriptionName: 'Subscription',
  targets: 'Sites, zones and sensors',
  tenantId: 'Tenant',
  timeDoubtful: 'Time in doubt',
  tokenBy: 'Enrolment command made by',
  totalMinutes: 'Minutes that end a session in any case',
  version: 'Version',
  where: 'Where',
  zones: 'Zones',
};

/** What goes without saying where a part of it is named. */
const silent: ReadonlySet<string> = new Set(['permissions', 'sessionPolicy']);

/**
 * A field of an audit entry in the words of the pages: `consoleRules.readOnly` reads as `Console
 * rules: Read only`. A field that isn't known yet keeps its name; none, the entry as a whole, is
 * its value.
 */
export function fieldLabel(path: string): string {
  if (path === '') return 'Value';
  const names = path.split('.');
  const told = names.filter((name, at) => at === names.length - 1 || !silent.has(name));
  return told.map(labelOf).join(': ');
}

/** A field's label within a sentence: `key fingerprint`. */
export function inlineLabel(name: string): string {
  const label = labelOf(name);
  const isWord = label.slice(1, 2) !== label.slice(1, 2).toUpperCase();
  return isWord ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

function labelOf(name: string): string {
  return Object.hasOwn(labels, name) ? (labels[name] ?? name) : name;
}
