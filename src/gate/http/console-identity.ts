import { atLeast, type Role } from '../../domain/role.ts';
import {
  sensorPermissionNames,
  sensorPermissions,
  type SensorPermission,
} from '../../domain/sensor-permissions.ts';
import type { ConsoleHeader, IdentityField } from './console-headers.ts';
import type { Admitted } from './gatekeeper.ts';

/** What the console is told of whoever is asking. */
export type ConsoleIdentity = Readonly<Record<IdentityField, string | null>>;

export function permissionsOf(role: Role): SensorPermission[] {
  return sensorPermissionNames.filter((name) => atLeast(role, sensorPermissions[name].role));
}

/** Names in UTF-8, percent-encoded; a user name of ASCII without % stands as it is. */
export function consoleIdentity({ session, standing }: Admitted): ConsoleIdentity {
  const { person } = session;
  const user = person?.userPrincipalName ?? 'recovery';
  return {
    user: /^[\x21-\x24\x26-\x7e]+$/u.test(user) ? user : encoded(user),
    name: encoded(person?.name ?? 'Recovery'),
    objectId: person?.objectId ?? null,
    role: standing.role,
    permissions: permissionsOf(standing.role).join(','),
  };
}

/** Half a surrogate pair, which encodeURIComponent throws at, is shown as what it is: no character. */
function encoded(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\ufffd'));
}

const ownHeaders: readonly ConsoleHeader[] = [
  { name: 'X-Gatehouse-User', field: 'user', values: null },
  { name: 'X-Gatehouse-Name', field: 'name', values: null },
  { name: 'X-Gatehouse-Object-Id', field: 'objectId', values: null },
  { name: 'X-Gatehouse-Role', field: 'role', values: null },
  { name: 'X-Gatehouse-Permissions', field: 'permissions', values: null },
];

/** The identity as headers: name, value, name, value. What isn't known is left out. */
export function identityHeaders(
  identity: ConsoleIdentity,
  others: readonly ConsoleHeader[],
): readonly string[] {
  return [...ownHeaders, ...others].flatMap(({ name, field, values }) => {
    const value = identity[field];
    const said = value === null || values === null ? value : (values.get(value) ?? null);
    return said === null ? [] : [name, said];
  });
}
