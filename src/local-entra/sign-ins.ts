import { randomBytes } from 'node:crypto';
import type { AuthorizeRequest } from './authorize-request.ts';

/** A sign-in that is under way on the pages, from the authorization request to its answer. */
export interface SignIn {
  id: string;
  /** The tenant as the client addressed it. */
  tenant: string;
  request: AuthorizeRequest;
  startedAt: number;
  /** Who it is, once chosen or typed. */
  oid?: string;
  typedName?: string;
  /** Asks for another account than the one that the hint or the session stands for. */
  chooseAnother?: boolean;
  passwordAt?: number;
  mfaAt?: number;
  /** The phone's prompt that is being waited for. */
  promptId?: string;
  consented?: boolean;
  stay?: boolean;
  /** What went wrong with the last form, to be said above it. */
  problem?: string;
}

/** Sign-ins by their id, which the pages carry along. */
export interface SignIns {
  start: (tenant: string, request: AuthorizeRequest) => SignIn;
  find: (id: string | undefined) => SignIn | undefined;
  end: (id: string) => void;
}

const lifetime = 15 * 60_000;

export function createSignIns(now: () => number): SignIns {
  const signIns = new Map<string, SignIn>();
  return {
    start(tenant, request) {
      for (const [id, { startedAt }] of signIns) {
        if (startedAt + lifetime <= now()) signIns.delete(id);
      }
      const id = randomBytes(24).toString('base64url');
      const signIn = { id, tenant, request, startedAt: now() };
      signIns.set(id, signIn);
      return signIn;
    },
    find(id = '') {
      const signIn = signIns.get(id);
      return signIn !== undefined && signIn.startedAt + lifetime > now() ? signIn : undefined;
    },
    end: (id) => void signIns.delete(id),
  };
}
