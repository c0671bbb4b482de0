import { listAuditEvents, listSignIns } from './activity.ts';
import { getConfiguration } from './configuration.ts';
import type { EndpointShape } from './endpoint.ts';
import {
  createGateEnrolment,
  getDelivery,
  getGateKeys,
  getSensorGate,
  revokeGate,
  rotateGateKey,
} from './gates.ts';
import { getSensor, getSite, listSensors, listSites } from './inventory.ts';
import { importInventory, previewImport } from './inventory-import.ts';
import { getMe, putGroupEvidence } from './me.ts';
import { getOverview } from './overview.ts';
import { getPortalAccess, putPortalAccess } from './portal-access.ts';
import {
  deleteProviderCandidate,
  listProviders,
  putProviderCandidate,
  tryProviderCandidate,
} from './providers.ts';
import { closeRecoverySession, openRecoverySession } from './recovery.ts';
import { getSecuritySettings, putSecuritySettings } from './security.ts';
import { endSession, endSessionsOf, listSessions } from './sessions.ts';
import {
  changeSsoSetting,
  createSsoSetting,
  deleteSsoSetting,
  getEffectiveSetting,
  getSsoSetting,
  listSsoSettings,
  listSsoSettingVersions,
  reviewSsoSetting,
  reviewSsoSettingDeletion,
} from './sso-settings.ts';

/** Every endpoint of the API. The server refuses to start with one of them not served. */
export const api: readonly EndpointShape[] = [
  getConfiguration,
  getMe,
  putGroupEvidence,
  getOverview,
  listSites,
  getSite,
  listSensors,
  getSensor,
  getEffectiveSetting,
  previewImport,
  importInventory,
  listSsoSettings,
  getSsoSetting,
  listSsoSettingVersions,
  reviewSsoSetting,
  createSsoSetting,
  changeSsoSetting,
  reviewSsoSettingDeletion,
  deleteSsoSetting,
  createGateEnrolment,
  revokeGate,
  getGateKeys,
  rotateGateKey,
  getPortalAccess,
  putPortalAccess,
  listProviders,
  putProviderCandidate,
  deleteProviderCandidate,
  tryProviderCandidate,
  openRecoverySession,
  closeRecoverySession,
  getSensorGate,
  getDelivery,
  getSecuritySettings,
  putSecuritySettings,
  listSessions,
  endSession,
  endSessionsOf,
  listSignIns,
  listAuditEvents,
];
