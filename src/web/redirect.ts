import { broadcastResponseToMainFrame } from '@azure/msal-browser/redirect-bridge';

/**
 * The redirect URI that Entra sends people, popups and hidden frames back to. It hands the answer
 * to the page that asked, and loads nothing else.
 */
broadcastResponseToMainFrame().catch(() => {
  // Opened by hand or from history: there is no answer to hand over, so lead back to the page.
  const status = document.querySelector('#status');
  const link = document.createElement('a');
  link.href = '/';
  link.textContent = 'Back to Gatehouse';
  status?.replaceChildren('There is no sign-in to complete here. ', link);
});
