import {
  AuthError,
  BrowserAuthError,
  InteractionRequiredAuthError,
  ServerError,
} from '@azure/msal-browser';
import { describe, expect, it } from 'vitest';
import {
  describeSignInFailure,
  isInteractionInProgress,
  isPopupBlocked,
  needsInteraction,
} from './sign-in-failure.ts';

const entraText =
  'AADSTS50105: Your administrator has configured the application to block users. Trace ID: 319f278b-1a3b-4eec-8762-5dd0e28e370b Correlation ID: 01a20122-3cd1-78bf-a0c3-0c6bb26e037a Timestamp: 2026-11-22 02:36:05Z';

describe('needsInteraction', () => {
  it.each([
    new InteractionRequiredAuthError('login_required', 'c'),
    new BrowserAuthError('timed_out', 'c', 'redirect_bridge_timeout'),
    new BrowserAuthError('no_account_error', 'c'),
    new ServerError('invalid_grant', 'c', 'AADSTS700084'),
  ])('is true for $errorCode', (error) => {
    expect(needsInteraction(error)).toBe(true);
  });

  it.each([
    new ServerError('invalid_resource', 'c', 'AADSTS500011'),
    new BrowserAuthError('interaction_in_progress', 'c'),
    new Error('timed_out'),
    undefined,
  ])('is false for %s', (error) => {
    expect(needsInteraction(error)).toBe(false);
  });
});

describe('describeSignInFailure', () => {
  it('takes number, correlation and trace id from Entra’s text', () => {
    expect(describeSignInFailure(new ServerError('access_denied', 'other', entraText))).toEqual({
      code: 'access_denied',
      aadsts: 50105,
      correlationId: '01a20122-3cd1-78bf-a0c3-0c6bb26e037a',
      traceId: '319f278b-1a3b-4eec-8762-5dd0e28e370b',
    });
  });

  it('takes the number from errorNo where the text has none', () => {
    const error = new ServerError('invalid_grant', 'mine', '', '', '50173');
    expect(describeSignInFailure(error)).toMatchObject({ aadsts: 50173, correlationId: 'mine' });
  });

  it('keeps nothing of the text itself', () => {
    const error = new AuthError('unknown', 'c', 'AADSTS50034: ada@contoso.example does not exist');
    expect(JSON.stringify(describeSignInFailure(error))).not.toContain('ada@');
  });

  it('calls anything else unexpected', () => {
    expect(describeSignInFailure('nothing').code).toBe('unexpected');
  });
});

describe('what isn’t a failure', () => {
  it('knows a second click and the attempt that it replaced', () => {
    expect(isInteractionInProgress(new BrowserAuthError('interaction_in_progress', 'c'))).toBe(
      true,
    );
    expect(
      isInteractionInProgress(new BrowserAuthError('interaction_in_progress_cancelled', 'c')),
    ).toBe(true);
  });

  it('knows a window that the browser didn’t open', () => {
    expect(isPopupBlocked(new BrowserAuthError('popup_window_error', 'c'))).toBe(true);
    expect(isPopupBlocked(new BrowserAuthError('user_cancelled', 'c'))).toBe(false);
  });
});
