import { roleLabels } from '../../domain/role.ts';

/** What people know the fields of audit entries as, by their names in the API. */
const labels: Readonly<Record<string, string>> = {
  ...roleLabels,
  aadsts: 'Code of Entra ID (AADSTS)',
  adminGroups: 'Admin groups',
  apiClientId: 'Application of the API',
  at: 'When',
  authMethod: 'Signs in with',
  bundleDays: 'Days that a gate goes on without the portal',
  certificate: 'Certificate',
  changedEmail: 'Address told by Microsoft',
  checks: 'Checks',
  clientId: 'Application (client) ID',
  clockOffset: 'Milliseconds that the gate’s clock is ahead',
  code: 'Code',
  consoleRules: 'Console rules',
  count: 'Number',
  createdBy: 'Made by',
  credential: 'Secret or certificate',
  credentialId: 'Secret or certificate',
  credentials: 'Secrets and certificates',
  description: 'Description',
  detail: 'Detail',
  disabled: 'Disabled',
  draft: 'Waits for verification',
  draftPortalAccess: 'Portal access that comes with it',
  effect: 'Effect',
  email: 'Email',
  endsAt: 'Ends',
  emailAtMicrosoft: 'Address told by Microsoft',
  enrolledAt: 'Enrolled',
  events: 'Events',
  expiresAt: 'Expires',
  failed: 'Failed checks',
  fingerprint: 'Key fingerprint',
  gateId: 'Gate',
  hint: 'Begins with',
  id: 'ID',
  idleMinutes: 'Minutes of idling that end a session',
  invitation: 'Invitation',
  invitationExpiresAt: 'Invitation expires',
  issuerUrl: 'Issuer URL',
  keyFingerprint: 'Key fingerprint',
  kind: 'Kind',
  linked: 'Microsoft account linked',
  linkedAt: 'Linked',
  mail: 'Mail',
  methods: 'Methods',
  moreTargets: 'Further places',
  multitenant: 'Multitenant',
  name: 'Name',
  newSecret: 'New signing secret',
  notificationSettings: 'Notifications',
  notInFile: 'Not in the file',
  objectId: 'Object ID',
  occurredAt: 'When, by the gate’s clock',
  openedAt: 'Opened',
  openSessions: 'Open sessions',
  origin: 'Address of the gate',
  path: 'Path',
  permission: 'Permission needed',
  permissions: 'Permissions management',
  person: 'Person',
  portalAccess: 'Portal access',
  primary: 'Used by SSO Sign-in',
  problems: 'Problems',
  providerId: 'Provider',
  providerName: 'Provider',
  queue: 'Queue of events',
  reason: 'Reason',
  registration: 'Registration',
  repeated: 'Repeated',
  replaces: 'Replaced gate',
  request: 'Request',
  revision: 'Revision',
  role: 'Role',
  rows: 'Rows',
  secret: 'Secret',
  secretSet: 'Signing secret set',
  sensor: 'Sensor',
  sensors: 'Sensors',
  sequence: 'Number of the event',
  sequences: 'Numbers of the events',
  sessionId: 'Session',
  sessionPolicy: 'Sessions',
  sessions: 'Sessions',
  sessionsEnded: 'Sessions ended',
  sites: 'Sites',
  software: 'Software',
  source: 'Entered in',
  status: 'Status',
  stepUpContext: 'Authentication context for changes',
  subscriptionName: 'Subscription',
  targets: 'Sites, zones and sensors',
  tenant: 'Tenant',
  tenantId: 'Tenant',
  timeDoubtful: 'Time in doubt',
  tokenBy: 'Enrolment command made by',
  totalMinutes: 'Minutes that end a session in any case',
  type: 'Type',
  userId: 'User',
  usesGroups: 'Groups give roles',
  verified: 'Verified',
  verifiedAt: 'Verified',
  version: 'Version',
  via: 'Signed in by',
  webhook: 'Webhook',
  webhookUrl: 'Address of the webhook',
  where: 'Where',
  zones: 'Zones',
};

/** What goes without saying where a part of it is named. */
const silent: ReadonlySet<string> = new Set(['permissions', 'sessionPolicy', 'registration']);

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
