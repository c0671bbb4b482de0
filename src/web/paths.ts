/** Every address of the page. Lists add their state as search parameters. */
export const paths = {
  overview: () => '/',
  sites: () => '/sites',
  site: ({ siteId }: { siteId: string }) => `/sites/${encodeURIComponent(siteId)}`,
  sensors: () => '/sensors',
  sensor: ({ sensorId }: { sensorId: string }) => `/sensors/${encodeURIComponent(sensorId)}`,
  inventoryImport: () => '/inventory/import',
  sensorSettings: () => '/sensor-settings',
  newSensorSetting: () => '/sensor-settings/new',
  sensorSetting: ({ settingId }: { settingId: string }) =>
    `/sensor-settings/${encodeURIComponent(settingId)}`,
  editSensorSetting: ({ settingId }: { settingId: string }) =>
    `/sensor-settings/${encodeURIComponent(settingId)}/edit`,
  myAccess: () => '/my-access',
  whoGetsWhat: () => '/access',
  signIns: () => '/sign-ins',
  sessions: () => '/sessions',
  audit: () => '/audit',
  singleSignOn: () => '/single-sign-on',
  newProvider: ({ type }: { type: 'spa' | 'web' }) => `/single-sign-on/new/${type}`,
  provider: ({ providerId }: { providerId: string }) =>
    `/single-sign-on/${encodeURIComponent(providerId)}`,
  editProvider: ({ providerId }: { providerId: string }) =>
    `/single-sign-on/${encodeURIComponent(providerId)}/edit`,
  portalAccess: () => '/portal-access',
  users: () => '/users',
  newUser: () => '/users/new',
  user: ({ userId }: { userId: string }) => `/users/${encodeURIComponent(userId)}`,
  security: () => '/security',
  troubleshooting: () => '/troubleshooting',
  recover: () => '/recover',
  invitation: () => '/invitation',
} as const;

/** Addresses of the page at a gate, where the root is the console's. */
export const sensorPaths = {
  overview: () => '/_gatehouse/',
  troubleshooting: () => '/_gatehouse/troubleshooting',
  recover: () => '/_gatehouse/recover',
  refused: () => '/_gatehouse/refused',
} as const;
