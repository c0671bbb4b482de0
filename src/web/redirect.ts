import { broadcastResponseToMainFrame } from '@azure/msal-browser/redirect-bridge';

/** Where the page lives: at a gate the root is the console's. */
const home = new URL('./', location.href).href;
const root = new URL('/', location.href).href;

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
  // An administrator agreed for everybody; else it was opened by hand or from history. There is no
  // answer to hand over, so lead back to the page.
  const agreed =
    new URLSearchParams(location.search).get('admin_consent')?.toLowerCase() === 'true';
  const status = document.querySelector('#status');
  const link = document.createElement('a');
  link.href = home;
  link.textContent = 'Back to Gatehouse';
  const said = agreed ? 'Consent was granted: people can sign in now.' : noAnswer;
  status?.replaceChildren(`${said} `, link);
});
