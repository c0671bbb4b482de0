/**
 * An action of the audit log in words: `ssoSetting.created` reads as `SSO setting created`. An
 * action that isn't known yet is still readable.
 */
export function actionText(action: string): string {
  const words = action
    .replaceAll(/([a-z])([A-Z])/gu, '$1 $2')
    .replaceAll(/[._]/gu, ' ')
    .toLowerCase()
    .replaceAll(/\bsso\b/gu, 'SSO');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
