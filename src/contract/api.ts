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
import {
  getNotificationSettings,
  putNotificationSettings,
  testNotification,
} from './notifications.ts';
import { getOverview } from './overview.ts';
import { getPortalAccess, putPortalAccess } from './portal-access.ts';
import { getVerification, startVerification, trySpaProvider } from './provider-verification.ts';
import { closeRecoverySession, openRecoverySession } from './recovery.ts';
import { getSecuritySettings, putSecuritySettings } from './security.ts';
import {
  endPortalSession,
  endSession,
  endSessionsOf,
  listPortalSessions,
  listSessions,
} from './sessions.ts';
import {
  addCredential,
  changeProvider,
  createProvider,
  dropProviderDraft,
  getProvider,
  listProviders,
  promoteCredential,
  promoteProvider,
  retireCredential,
} from './sign-in-providers.ts';
import { deleteProvider, retireProvider, reviewProviderRemoval } from './provider-removal.ts';
import {
  changeSsoSetting,
  createSsoSetting,
  getEffectiveSetting,
  getSsoSetting,
  listSsoSettings,
  listSsoSettingVersions,
  reviewSsoSetting,
} from './sso-settings.ts';
import { deleteSsoSetting, reviewSsoSettingDeletion } from './sso-setting-deletion.ts';
import {
  changeUser,
  deleteUser,
  getUser,
  inviteUser,
  listUsers,
  lookUpInvitation,
  resendInvitation,
  revokeInvitation,
} from './users.ts';
import { signOut, startSignIn } from './web-sign-in.ts';

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
  listUsers,
  getUser,
  inviteUser,
  changeUser,
  deleteUser,
  resendInvitation,
  revokeInvitation,
  lookUpInvitation,
  listProviders,
  getProvider,
  createProvider,
  changeProvider,
  dropProviderDraft,
  promoteProvider,
  reviewProviderRemoval,
  retireProvider,
  deleteProvider,
  addCredential,
  promoteCredential,
  retireCredential,
  startVerification,
  getVerification,
  trySpaProvider,
  openRecoverySession,
  closeRecoverySession,
  startSignIn,
  signOut,
  getSensorGate,
  getDelivery,
  getSecuritySettings,
  putSecuritySettings,
  getNotificationSettings,
  putNotificationSettings,
  testNotification,
  listSessions,
  endSession,
  endSessionsOf,
  listPortalSessions,
  endPortalSession,
  listSignIns,
  listAuditEvents,
];
