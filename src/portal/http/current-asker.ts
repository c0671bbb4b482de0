import { permissions, roleAllows, type Permission } from '../../domain/permissions.ts';
import { readAccessSnapshot, type AccessSnapshot } from '../storage/access-snapshot.ts';
import type { Transaction } from '../storage/database.ts';
import type { Revisions } from '../storage/write-turn.ts';
import { createAsker, type Asker } from './asker.ts';
import { forbidden } from '../../server/problem-error.ts';

/**
 * The asker against what is in force when their turn has come, and not against what was when they
 * asked: a role can be taken away while a large file arrives, or while others have theirs (R15).
 */
export async function currentAsker(
  tx: Transaction,
  asker: Asker,
  revisions: Revisions,
): Promise<Asker> {
  if (isCurrent(asker.snapshot, revisions)) return asker;
  return createAsker(asker.principal, await readAccessSnapshot(tx));
}

/** The same, for what the portal role must allow: throws 403 where it no longer does. */
export async function stillAllowed(
  tx: Transaction,
  asker: Asker,
  revisions: Revisions,
  permission: Permission,
): Promise<Asker> {
  const current = await currentAsker(tx, asker, revisions);
  if (roleAllows(current.portalRole, permission)) return current;
  throw forbidden(`Your role doesn’t allow this any more: ${permissions[permission].label}.`, {
    permission,
  });
}

/** A snapshot names the revisions that it was read at, as `name=value` by name. */
export function isCurrent(snapshot: AccessSnapshot, revisions: Revisions): boolean {
  const { access, inventory, provider } = revisions;
  return snapshot.revision === `access=${access},inventory=${inventory},provider=${provider}`;
}
