import { broadcastResponseToMainFrame } from '@azure/msal-browser/redirect-bridge';

/** Where the page lives: at a gate the root is the console's. */
const home = new URL('./', location.href).href;
const root = new URL('/', location.href).href;

/** Has an administrator of Entra agreed for everybody? MSAL takes the query away. */
const agreed = new URLSearchParams(location.search).get('admin_consent')?.toLowerCase() === 'true';
const noAnswer = 'There is no sign-in to complete here.';

function navigate(url: string): Promise<boolean> {
  // After a sign-out MSAL knows no page to go back to, and takes the root.
  location.replace(url === root ? home : url);
  return new Promise(() => {});
}

/**
 * The redirect URI that Entra sends people, popups and hidden frames back to. It hands the answer
 * to the page that asked, and loads nothing else.
 */
broadcastResponseToMainFrame({
  navigateInternal: navigate,
  navigateExternal: navigate,
}).catch(() => {
  // It was opened by hand, from history, or by that administrator: there is no answer to hand over, so
  // lead back to the page.
  const status = document.querySelector('#status');
  const link = document.createElement('a');
  link.href = home;
  link.textContent = 'Back to Gatehouse';
  // There is no style sheet, and a browser's own blue is too dark on its dark background.
  link.style.color = 'inherit';
  const said = agreed ? 'Consent was granted: people can sign in now.' : noAnswer;
  status?.replaceChildren(`${said} `, link);
});
