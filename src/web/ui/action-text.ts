/** Actions whose name alone doesn't say enough, or says it clumsily. */
const phrases: Readonly<Record<string, string>> = {
  'signIn.refused': 'Sign-in refused',
  'gate.signInRefused': 'Sign-in at the gate refused',
  'gate.accessRefused': 'Request to the console refused',
  'gate.enrolmentCreated': 'Gate enrolment command made',
  'gate.keyAnnounced': 'Next key of the gate announced',
  'gate.keyChanged': 'Key of the gate changed',
  'gate.originChanged': 'Address of the gate changed',
  'gate.bundleRefused': 'Bundle refused by the gate',
  'gate.recoveryLinkMade': 'Recovery link made at the gate',
  'gate.recoverySessionOpened': 'Recovery session opened at the gate',
  'gate.recoverySessionClosed': 'Recovery session closed at the gate',
  'gate.clockDoubtful': 'Times of the gate in doubt',
  'gate.queueBegun': 'Gate began to number its events anew',
  'gate.eventsLost': 'Events lost at the gate',
  'gate.eventsMissing': 'Events of the gate never arrived',
  'gate.eventNotStored': 'Event of the gate could not be read',
  'gateKey.announced': 'Next key announced to the gates',
  'gateKey.activated': 'Next key in use',
  'provider.created': 'Sign-in provider entered',
  'provider.changed': 'Sign-in provider changed',
  'provider.draftDropped': 'Edit of the sign-in provider dropped',
  'provider.verified': 'Sign-in provider verified',
  'provider.verificationFailed': 'Verification of the sign-in provider failed',
  'provider.activated': 'Sign-in provider active',
  'provider.promoted': 'Sign-in provider used for SSO Sign-in',
  'provider.retired': 'Sign-in provider retired',
  'provider.deleted': 'Sign-in provider deleted',
  'provider.failing': 'Sign-ins fail by the provider',
  'provider.recovered': 'Sign-ins work again by the provider',
  'provider.credentialAdded': 'Secret or certificate added',
  'provider.credentialVerified': 'Secret or certificate verified',
  'provider.credentialPromoted': 'Secret or certificate promoted',
  'provider.credentialRetired': 'Secret or certificate retired',
  'user.invited': 'User invited',
  'user.linked': 'User linked with a Microsoft account',
  'user.changed': 'User changed',
  'user.disabled': 'User disabled',
  'user.enabled': 'User enabled',
  'user.deleted': 'User deleted',
  'invitation.resent': 'Invitation sent anew',
  'invitation.revoked': 'Invitation revoked',
  'secrets.rekeyed': 'Stored secrets encrypted with another key',
  'secrets.keysDropped': 'Old keys of stored secrets dropped',
};

/**
 * An action of the audit log in words: `ssoSetting.created` reads as `SSO setting created`. An
 * action that isn't known yet is still readable.
 */
function actionText(action: string): string {
  const words = action
    .replaceAll(/([a-z])([A-Z])/gu, '$1 $2')
    .replaceAll(/[._]/gu, ' ')
    .toLowerCase()
    .replaceAll(/\bsso\b/gu, 'SSO');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What was done to what. A subject that begins with what the action is about takes its place. */
export function changeText({ action, subject }: { action: string; subject: string }): string {
  const named = subject.replace(idAtEnd, '');
  if (action === 'session.allEnded' || action === 'portalSession.ended') return `${named} ended`;
  const phrase = phrases[action];
  if (phrase !== undefined) return `${phrase}: ${named}`;
  const done = actionText(action);
  const about = done.slice(0, done.lastIndexOf(' '));
  if (about === '' || !subject.toLowerCase().startsWith(about.toLowerCase())) {
    return `${done}: ${named}`;
  }
  return `${named}${done.slice(about.length)}`;
}

/** The server names some subjects with their id: for a reader the name is enough. */
const idAtEnd = / \([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\)$/u;
