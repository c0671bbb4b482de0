import { randomBytes, randomUUID } from 'node:crypto';
import type { StateFile } from './state-file.ts';

/** Someone who is signed in at local Entra in one browser. Times are in milliseconds. */
export interface Account {
  oid: string;
  sid: string;
  authTime: number;
  mfaAt?: number;
}

/** What one browser's cookie stands for: several people may be signed in at once. */
export interface Session {
  accounts: Account[];
  /** "Stay signed in": the cookie outlives the browser. */
  persistent: boolean;
  expires: number;
}

export interface Sessions {
  find: (id: string | undefined) => Session | undefined;
  /** Adds or replaces an account, under a new id each time against fixation. Returns the id. */
  signIn: (id: string | undefined, account: Account, stay: boolean) => Promise<string>;
  /** Signs one person out, or everyone. */
  signOut: (id: string | undefined, oid?: string) => Promise<void>;
}

const hour = 3_600_000;
export const persistentSessionHours = 90 * 24;
const sessionHours = 24;

export async function createSessions(
  file: StateFile<[string, Session][]>,
  now: () => number,
): Promise<Sessions> {
  const sessions = new Map((await file.read()) ?? []);
  const find = (id = ''): Session | undefined => {
    const session = sessions.get(id);
    return session !== undefined && session.expires > now() ? session : undefined;
  };
  const save = (): Promise<void> => {
    for (const [id, { expires }] of sessions) if (expires <= now()) sessions.delete(id);
    return file.write([...sessions]);
  };

  return {
    find,
    async signIn(id, account, stay) {
      const before = find(id);
      const others = before?.accounts.filter(({ oid }) => oid !== account.oid) ?? [];
      const persistent = stay || before?.persistent === true;
      const expires = now() + (persistent ? persistentSessionHours : sessionHours) * hour;
      const renewed = randomBytes(32).toString('base64url');
      sessions.delete(id ?? '');
      sessions.set(renewed, { accounts: [...others, account], persistent, expires });
      await save();
      return renewed;
    },
    async signOut(id = '', oid) {
      const session = find(id);
      if (session === undefined) return;
      const left = session.accounts.filter((account) => oid !== undefined && account.oid !== oid);
      if (left.length === 0) sessions.delete(id);
      else sessions.set(id, { ...session, accounts: left });
      await save();
    },
  };
}

/** Whoever signs in again in the same browser keeps their session id. */
export function newAccount(
  oid: string,
  authTime: number,
  mfaAt: number | undefined,
  before: Account[] = [],
): Account {
  const sid = before.find((account) => account.oid === oid)?.sid ?? randomUUID();
  return { oid, sid, authTime, ...(mfaAt === undefined ? {} : { mfaAt }) };
}
