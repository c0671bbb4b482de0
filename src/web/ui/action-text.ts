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

/** What was done to what; a subject that the action names already isn't said twice. */
export function changeText({ action, subject }: { action: string; subject: string }): string {
  const done = actionText(action);
  return done.toLowerCase().startsWith(subject.toLowerCase()) ? done : `${done}: ${subject}`;
}
