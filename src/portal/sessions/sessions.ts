import type { Credentials, Identification } from '../http/identification.ts';
import type { RequestLimits } from '../http/request-limits.ts';
import type { Routes } from '../http/serve.ts';
import type { BeginSignIn, SessionEnds, WebProviders } from '../http/web-providers.ts';
import type { Database } from '../storage/database.ts';
import { createBeginSignIn } from './begin-sign-in.ts';
import { createPortalSessions, type PortalSessionsDependencies } from './portal-sessions.ts';
import { portalSessionRoutes } from './portal-session-routes.ts';
import { recoveryRoutes } from './recovery-routes.ts';
import { identifyRecovery } from './recovery-sessions.ts';
import { createRefusedSignIns } from './refused-sign-ins.ts';
import { createSessionEnds } from './session-ends.ts';
import { createSessionMemory } from './session-memory.ts';
import {
  createSignInRecorder,
  type SignInRecorder,
  type SignInRecorderOptions,
} from './sign-in-recorder.ts';
import { signInRoutes } from './sign-ins.ts';
import { webSignInRoutes } from './web-sign-in-routes.ts';

type CookieCredentials = Exclude<Credentials, { readonly kind: 'bearer' }>;

export interface SessionsOptions
  extends
    Omit<PortalSessionsDependencies, 'memory' | 'providers'>,
    Omit<SignInRecorderOptions, 'database'> {
  readonly database: Database;
  readonly publicUrl: string;
  readonly loginUrl: string;
}

export interface Sessions {
  readonly ends: SessionEnds;
  readonly begin: BeginSignIn;
  readonly recordSignIn: SignInRecorder['record'];
  /** Takes sign-ins by these providers, and the sessions that they opened. */
  readonly by: (providers: WebProviders) => OpenSessions;
}

export interface OpenSessions {
  readonly remembered: (credentials: CookieCredentials) => Identification | undefined;
  /** Throws 401. */
  readonly identify: (credentials: CookieCredentials) => Promise<Identification>;
  readonly routes: (limits: RequestLimits) => readonly Routes[];
  readonly close: () => Promise<void>;
}

/** Sessions that a cookie stands for, and how sign-ins are recorded. */
export async function createSessions(options: SessionsOptions): Promise<Sessions> {
  const { database, now, publicUrl } = options;
  const memory = await createSessionMemory(database, () => now().getTime());
  const recorder = createSignInRecorder(options);
  const refused = createRefusedSignIns(options);
  const begin = createBeginSignIn(options);
  return {
    ends: createSessionEnds(memory, now),
    begin,
    recordSignIn: recorder.record,
    by(providers) {
      const deps = { ...options, memory, providers };
      const sessions = createPortalSessions(deps);
      return {
        remembered: (credentials) =>
          credentials.kind === 'sessionCookie' ? sessions.remembered(credentials) : undefined,
        identify: (credentials) =>
          credentials.kind === 'sessionCookie'
            ? sessions.identify(credentials)
            : identifyRecovery(credentials.value, database, now()),
        routes: ({ countOpen, countRecovery }) => [
          recoveryRoutes({ ...options, publicUrl, countAttempt: countRecovery }),
          webSignInRoutes({
            ...deps,
            begin,
            refused,
            loginOrigin: new URL(options.loginUrl).origin,
            countOpen,
          }),
          portalSessionRoutes(deps),
          signInRoutes(database),
        ],
        async close() {
          await sessions.close();
          await recorder.close();
          await refused.close();
        },
      };
    },
  };
}
