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
  const done = actionText(action);
  const about = done.slice(0, done.lastIndexOf(' '));
  if (about === '' || !subject.toLowerCase().startsWith(about.toLowerCase())) {
    return `${done}: ${subject}`;
  }
  return `${subject.replace(idAtEnd, '')}${done.slice(about.length)}`;
}

/** The server names some subjects with their id: for a reader the name is enough. */
const idAtEnd = / \([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\)$/u;
