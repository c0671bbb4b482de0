import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import {
  getVerification,
  startVerification,
  type Verification,
} from '../../contract/provider-verification.ts';
import type { Provider } from '../../contract/sign-in-providers.ts';
import type { webSignInChannel } from '../../contract/web-sign-in.ts';
import { call } from '../api/call.ts';
import { endpointKey, useEndpoint } from '../api/hooks.ts';
import { useRefreshed } from '../api/use-refreshed.ts';
import { needsVerification } from './to-verify.ts';

// The type ties it to the contract; importing the value would bring its schemas along.
const channelName: typeof webSignInChannel = 'gatehouse.webSignIn';

export type VerificationWindow =
  | { readonly kind: 'none' | 'starting' }
  /** `back`: the person is at this page again, and the sign-in hasn’t ended. */
  | { readonly kind: 'open'; readonly back: boolean }
  /** The browser didn’t let a window open, or it was closed at once: the person opens it with a link. */
  | { readonly kind: 'blocked' | 'closed'; readonly url: string }
  | { readonly kind: 'failed'; readonly error: unknown };

export interface WebVerification {
  /** The latest one, by whomever. */
  readonly verification: Verification | null;
  readonly window: VerificationWindow;
  /** What it is about, where it was begun on this page: the provider, or a further secret alone. */
  readonly begunFor: 'provider' | 'credential' | null;
  /** Within a click: the browser lets a window open only then. */
  readonly start: (credentialId?: string) => void;
  /** The link of `blocked` was used. */
  readonly opened: () => void;
}

interface Begun {
  readonly id: string;
  readonly subject: 'provider' | 'credential';
}

/**
 * Verifies a web application by a real sign-in in a window of its own. The server judges it; this
 * asks how far it is. Whether the window was closed can’t be seen from here: our opener policy cuts
 * the tie to it as soon as it is at Microsoft.
 */
export function useWebVerification(provider: Provider): WebVerification {
  const { id: providerId } = provider;
  const subject = needsVerification(provider) ? 'provider' : 'credential';
  const queries = useQueryClient();
  const answer = useEndpoint(getVerification, { params: { providerId } });
  const verification = answer.data?.verification ?? null;
  const [state, setState] = useState<VerificationWindow>({ kind: 'none' });
  const [begun, setBegun] = useState<Begun | null>(null);
  const running = verification?.state === 'running';
  const { refetch } = answer;
  useRefreshed(answer, running ? 1000 : null);
  useAnswered(useCallback(() => void refetch(), [refetch]));
  useEnd(
    verification,
    useCallback(() => void queries.invalidateQueries(), [queries]),
  );
  useFocusBack(() => {
    if (state.kind === 'open' && running) setState({ kind: 'open', back: true });
  });

  async function begin(opened: Window | null, credentialId: string | undefined): Promise<void> {
    setState({ kind: 'starting' });
    try {
      const { value } = await call(startVerification, {
        params: { providerId },
        body: credentialId === undefined ? {} : { credentialId },
      });
      queries.setQueryData(endpointKey(getVerification.path, { providerId }), {
        verification: value.verification,
      });
      setBegun({ id: value.verification.id, subject });
      if (opened === null) return setState({ kind: 'blocked', url: value.url });
      if (opened.closed) return setState({ kind: 'closed', url: value.url });
      opened.location.href = value.url;
      setState({ kind: 'open', back: false });
    } catch (error) {
      opened?.close();
      setState({ kind: 'failed', error });
    }
  }

  return {
    verification,
    window: state,
    begunFor: verification?.id === begun?.id ? (begun?.subject ?? null) : null,
    start: (credentialId) => void begin(openWindow(), credentialId),
    opened: () => setState({ kind: 'open', back: false }),
  };
}

function openWindow(): Window | null {
  const opened = open('about:blank', '_blank', 'popup,width=520,height=720');
  if (opened !== null) {
    opened.document.title = 'Sign-in';
    opened.document.body.textContent =
      'One moment: the sign-in is being prepared. If this stays, go on in the window that you came from.';
  }
  return opened;
}

/** The window says when it is back from Microsoft. */
function useAnswered(onAnswer: () => void): void {
  useEffect(() => {
    const channel = new BroadcastChannel(channelName);
    channel.addEventListener('message', onAnswer);
    return () => channel.close();
  }, [onAnswer]);
}

/** Tells once when a verification that was seen running has ended: the provider is another by then. */
function useEnd(verification: Verification | null, onEnd: () => void): void {
  const running = useRef<string | null>(null);
  useEffect(() => {
    if (verification === null) return;
    if (verification.state === 'running') running.current = verification.id;
    else if (running.current === verification.id) {
      running.current = null;
      onEnd();
    }
  }, [verification, onEnd]);
}

function useFocusBack(onFocus: () => void): void {
  const back = useEffectEvent(onFocus);
  useEffect(() => {
    const listener = () => back();
    addEventListener('focus', listener);
    return () => removeEventListener('focus', listener);
  }, []);
}
