import { MsalProvider } from '@azure/msal-react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { configuration } from './api/configuration.ts';
import { msalClient } from './api/msal-client.ts';
import { startSession } from './api/session.ts';
import { Root } from './root.tsx';
import { applyTheme } from './theme.ts';
import './outside/outside.css';
import './without-eval.ts';

applyTheme();
document.title = configuration.name;

const root = document.querySelector('#root');
if (root === null) throw new Error('The page has no #root');

// The sensor's part knows MSAL itself, and by the gate's cookie who is signed in.
const atPortal = configuration.surface === 'portal';

createRoot(root).render(
  <StrictMode>
    {msalClient !== null && atPortal ? (
      <MsalProvider instance={msalClient}>
        <Root />
      </MsalProvider>
    ) : (
      <Root />
    )}
  </StrictMode>,
);

if (atPortal) void startSession();
