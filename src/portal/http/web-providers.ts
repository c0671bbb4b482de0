import type { FastifyReply } from 'fastify';
import type { WebClient, WebTokens } from '../../entra/web-client.ts';
import type { WebSignInError } from '../../entra/web-sign-in-error.ts';
import type { Transaction } from '../storage/database.ts';

/** A web-application provider as sign-ins and their sessions need it. */
export interface WebProvider {
  readonly id: string;
  readonly name: string;
  /** Pinned; null only while a multitenant one is verified for the first time. */
  readonly tenantId: string | null;
  readonly issuerUrl: string;
  readonly clientId: string;
  readonly usesGroups: boolean;
  readonly client: WebClient;
}

/** What sessions ask of the providers' folder; app.ts brings them together. */
export interface WebProviders {
  /** An active one with its current credential; null where it isn't active (any more). */
  readonly active: (providerId: string) => Promise<WebProvider | null>;
  /** The one that SSO Sign-in leads to; null where that is a single-page application. */
  readonly primary: () => Promise<WebProvider | null>;
  /**
   * Where whoever came in by a provider signs out at Microsoft; also once it was retired. Null where
   * it is gone, or signs nobody in by a web application.
   */
  readonly signOutUrl: (providerId: string, loginHint: string | null) => Promise<URL | null>;
  /**
   * The draft (or what is verified) with the credential that a running verification tries; null where
   * that is over. `address`: of the browser that brings the answer, here and below.
   */
  readonly tried: (verificationId: string, address: string) => Promise<WebProvider | null>;
  /** Judges the answer to a verification, once: another answer changes nothing. */
  readonly judge: (
    verificationId: string,
    answer: WebTokens | WebSignInError,
    address: string,
  ) => Promise<'passed' | 'failed' | 'over'>;
  /** Told how sign-ins and renewals by an active one went; remembered and audited when it changes. */
  readonly went: (providerId: string, error: WebSignInError | null) => Promise<void>;
}

/** A sign-in that is under way in one browser. */
export interface SignInAttempt {
  readonly purpose: 'signIn' | 'renewal' | 'verification';
  readonly providerId: string;
  /** For `verification`. */
  readonly verificationId: string | null;
  readonly returnTo: string;
  readonly prompt?: 'select_account' | 'login' | 'consent';
  readonly loginHint?: string;
  readonly claims?: string;
  /** The session that it replaces; absent: the one of the browser's cookie. */
  readonly replaces?: string;
}

/** Begins an attempt: ties it to the browser by a cookie, and answers where to go. */
export type BeginSignIn = (
  attempt: SignInAttempt,
  provider: WebProvider,
  reply: FastifyReply,
) => Promise<URL>;

/**
 * Ends sessions of the portal from other folders, within the transaction of what they end with; each
 * answers how many there were. `committed` is to be called after it, so that requests here see it at
 * once; other instances are told by the database.
 */
export interface SessionEnds {
  readonly ofProvider: (tx: Transaction, providerId: string) => Promise<number>;
  readonly ofPerson: (
    tx: Transaction,
    person: { readonly tenantId: string; readonly objectId: string },
  ) => Promise<number>;
  readonly committed: () => void;
}
