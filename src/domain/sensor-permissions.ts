import type { Role } from './role.ts';

/**
 * What each role may do on a sensor, as the source system has it ("Users and roles for OT
 * monitoring", Defender for IoT): the least role for each. Consoles that know roles act by it; for
 * those that don't there are console rules.
 */
export const sensorPermissions = {
  viewDashboard: { label: 'View the dashboard', role: 'readOnly' },
  controlMapZoom: { label: 'Control map zoom views', role: 'admin' },
  viewAlerts: { label: 'View alerts', role: 'readOnly' },
  manageAlerts: { label: 'Manage alerts: acknowledge, learn, mute', role: 'securityAnalyst' },
  viewTimeline: { label: 'View events in a timeline', role: 'readOnly' },
  authorizeDevices: {
    label: 'Authorize devices, known scanning devices, programming devices',
    role: 'securityAnalyst',
  },
  mergeDevices: { label: 'Merge and delete devices', role: 'admin' },
  viewInvestigation: { label: 'View investigation data', role: 'readOnly' },
  manageSettings: { label: 'Manage system settings', role: 'admin' },
  manageUsers: { label: 'Manage users', role: 'admin' },
  changePasswords: { label: 'Change passwords', role: 'admin' },
  dnsServers: { label: 'DNS servers for reverse lookup', role: 'admin' },
  sendAlerts: { label: 'Send alert data to partners', role: 'securityAnalyst' },
  commentAlerts: { label: 'Create alert comments', role: 'securityAnalyst' },
  viewProgrammingHistory: { label: 'View programming change history', role: 'readOnly' },
  alertRules: { label: 'Create customized alert rules', role: 'securityAnalyst' },
  manageNotifications: {
    label: 'Manage multiple notifications simultaneously',
    role: 'securityAnalyst',
  },
  manageCertificates: { label: 'Manage certificates', role: 'admin' },
} as const satisfies Record<string, { readonly label: string; readonly role: Role }>;

export type SensorPermission = keyof typeof sensorPermissions;

export const sensorPermissionNames = Object.keys(sensorPermissions) as readonly SensorPermission[];
