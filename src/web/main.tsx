import { MsalProvider } from '@azure/msal-react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { configuration } from './api/configuration.ts';
import { msalClient, startSession } from './api/session.ts';
import { Root } from './root.tsx';
import { applyTheme } from './theme.ts';
import './sign-in/outside.css';
import './without-eval.ts';

applyTheme();
document.title = configuration.name;

const root = document.querySelector('#root');
if (root === null) throw new Error('The page has no #root');

createRoot(root).render(
  <StrictMode>
    {msalClient === null ? (
      <Root />
    ) : (
      <MsalProvider instance={msalClient}>
        <Root />
      </MsalProvider>
    )}
  </StrictMode>,
);

void startSession();
