import { atLeast, roleLabels, roles, type Role } from '../../domain/role.ts';
import { sensorPermissionNames, sensorPermissions } from '../../domain/sensor-permissions.ts';

const columns = roles.toReversed();

/** What each role may do on a sensor, with one's own in front of one's eyes. */
export function RoleTable({ role }: { role: Role }) {
  return (
    <section className="outside-card" aria-labelledby="role-table">
      <h2 id="role-table">What each role may do on a sensor</h2>
      <table className="sensor-table">
        <caption className="outside-hidden">
          Permissions of each role; yours is {roleLabels[role]}
        </caption>
        <thead>
          <tr>
            <th scope="col">Permission</th>
            {columns.map((column) => (
              <th key={column} scope="col" className={own(column, role)}>
                {roleLabels[column]}
                {column === role && <span className="sensor-yours">Yours</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sensorPermissionNames.map((name) => (
            <tr key={name}>
              <th scope="row">{sensorPermissions[name].label}</th>
              {columns.map((column) => (
                <td key={column} className={own(column, role)}>
                  <Mark yes={atLeast(column, sensorPermissions[name].role)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function own(column: Role, role: Role): string | undefined {
  return column === role ? 'sensor-own' : undefined;
}

function Mark({ yes }: { yes: boolean }) {
  return (
    <>
      <span aria-hidden="true" className={yes ? 'sensor-yes' : 'sensor-no'}>
        {yes ? '✓' : '–'}
      </span>
      <span className="outside-hidden">{yes ? 'Yes' : 'No'}</span>
    </>
  );
}
