import type { FastifyRequest } from 'fastify';
import {
  changeUser,
  deleteUser,
  getUser,
  inviteUser,
  listUsers,
  lookUpInvitation,
  resendInvitation,
  revokeInvitation,
} from '../../contract/users.ts';
import type { Routes } from '../http/serve.ts';
import { change, readUsers, remove } from './change-user.ts';
import { invite, resend, revoke } from './invite-user.ts';
import { lookUp } from './look-up-invitation.ts';
import type { UserDeps } from './user-deps.ts';
import { requireUser, shownUser } from './user-row.ts';

export interface UserRoutesDeps extends UserDeps {
  /** Counts by address, and rejects with 429. */
  readonly countOpen: (request: FastifyRequest) => Promise<void>;
}

/** Portal users, and the invitations that they come in by. */
export function userRoutes(deps: UserRoutesDeps): Routes {
  return (serve) => {
    serve(listUsers, async ({ asker }) => ({ users: await readUsers(asker, deps) }));
    serve(getUser, async ({ params, asker }) =>
      shownUser(await requireUser(deps.database.db, params.userId), asker.principal, deps.now()),
    );
    serve(inviteUser, ({ body, asker, address }) => invite({ ...body, asker, address }, deps));
    serve(changeUser, ({ params, body, ifMatch, asker, address }) =>
      change({ ...params, ...body, ifMatch, asker, address }, deps),
    );
    serve(deleteUser, async ({ params, asker, address }) => {
      await remove({ ...params, asker, address }, deps);
      return undefined;
    });
    serve(resendInvitation, ({ params, asker, address }) =>
      resend({ ...params, asker, address }, deps),
    );
    serve(revokeInvitation, async ({ params, asker, address }) => {
      await revoke({ ...params, asker, address }, deps);
      return undefined;
    });
    serve(lookUpInvitation, async ({ body, request }) => {
      await deps.countOpen(request);
      return lookUp(body.token, deps);
    });
  };
}
