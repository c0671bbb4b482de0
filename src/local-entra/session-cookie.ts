import type { FastifyReply, FastifyRequest } from 'fastify';
import { persistentSessionHours } from './sessions.ts';

const name = 'ESTSAUTH';

/**
 * `SameSite=Lax`, where Entra's is `None`: pages of localhost are of one site whatever their port, so
 * that an application's iframe sends the cookie; and an application on localhost with local Entra on
 * 127.0.0.1 sees what third-party cookie blocking does. It needs no `Secure`, which not every browser
 * allows on plain http.
 */
const attributes = { path: '/', httpOnly: true, sameSite: 'lax' } as const;

export function sessionIdOf(request: FastifyRequest): string | undefined {
  return request.cookies[name];
}

export function setSessionCookie(reply: FastifyReply, id: string, persistent: boolean): void {
  const age = persistent ? { maxAge: persistentSessionHours * 3600 } : {};
  void reply.setCookie(name, id, { ...attributes, ...age });
}

export function clearSessionCookie(reply: FastifyReply): void {
  void reply.clearCookie(name, attributes);
}
