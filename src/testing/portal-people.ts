import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { apiRoot } from '../contract/endpoint.ts';
import { problem, type Problem } from '../contract/problem.ts';
import { inviteUser, portalUser, type PortalUser } from '../contract/users.ts';
import {
  bearer,
  groupId,
  oneGroupEach,
  startBarePortal,
  type BarePortal,
  type BarePortalOptions,
} from './bare-portal.ts';

type Headers = Record<string, string>;
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** Of an answer that is a problem. */
  readonly code: string | null;
}

/** Somebody with an identity of their own. */
export interface Person {
  readonly oid: string;
  readonly headers: Headers;
}

export interface PortalOfPeople extends BarePortal {
  /** Admin by a group. */
  readonly admin: Headers;
  readonly ask: (
    headers: Headers,
    method: Method,
    path: string,
    options?: { readonly body?: object; readonly ifMatch?: string },
  ) => Promise<Answer>;
  readonly person: (claims?: Record<string, unknown>) => Promise<Person>;
  readonly invite: (
    wish: z.input<typeof inviteUser.body>,
  ) => Promise<{ readonly user: PortalUser; readonly token: string }>;
  readonly user: (id: string) => Promise<PortalUser>;
  /** Invites somebody, who then signs in. */
  readonly linked: (
    email: string,
    role: PortalUser['role'],
  ) => Promise<Person & { readonly user: PortalUser }>;
}

/** The group that gives Admin there. */
export const adminGroup = groupId(1);

/** The real portal with one Admin, for tests of portal users. */
export async function startPortalOfPeople(
  options: BarePortalOptions = {},
): Promise<PortalOfPeople> {
  const portal = await startBarePortal(options);
  await portal.setPortalAccess(oneGroupEach({ admin: adminGroup, readOnly: groupId(3) }));

  const ask: PortalOfPeople['ask'] = async (headers, method, path, { body, ifMatch } = {}) => {
    const answer = await portal.app.inject({
      method,
      url: `${apiRoot}${path}`,
      headers: { ...headers, ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }) },
      ...(body === undefined ? {} : { payload: body }),
    });
    const json = answer.body === '' ? null : answer.json<unknown>();
    const failure = answer.statusCode >= 400 ? problem.parse(json) : null;
    return { status: answer.statusCode, body: json, code: failure?.code ?? null };
  };
  const person: PortalOfPeople['person'] = async (claims = {}) => {
    const oid = randomUUID();
    const own = { oid, sid: oid, uti: oid, groups: [], ...claims };
    return { oid, headers: bearer(await portal.issuer.token(own)) };
  };
  const admin = (await person({ groups: [adminGroup] })).headers;
  const user: PortalOfPeople['user'] = async (id) =>
    portalUser.parse((await ask(admin, 'GET', `/users/${id}`)).body);
  const invite: PortalOfPeople['invite'] = async (wish) => {
    const { body } = await ask(admin, 'POST', '/users', { body: wish });
    const { user: invited, invitationLink } = inviteUser.response.parse(body);
    return { user: invited, token: tokenOf(invitationLink) };
  };
  return {
    ...portal,
    admin,
    ask,
    person,
    invite,
    user,
    async linked(email, role) {
      const { user: invited } = await invite({ name: email, email, role });
      const who = await person({ email });
      const { status } = await ask(who.headers, 'GET', '/me');
      if (status !== 200) throw new Error(`${email} was not let in: ${status}`);
      return { ...who, user: await user(invited.id) };
    },
  };
}

export function tokenOf(link: string): string {
  return new URLSearchParams(new URL(link).hash.slice(1)).get('token') ?? '';
}

export function problemOf({ body }: Answer): Problem {
  return problem.parse(body);
}
