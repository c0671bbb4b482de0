import type { GateSessionAnswer } from '../../contract/gate-page.ts';

const levels = { site: 'its site', zone: 'its zone', sensor: 'this sensor itself' } as const;

/** Why the role is what it is. */
export function RoleReason({ session: { kind, through } }: { session: GateSessionAnswer }) {
  if (kind === 'recovery' || through === null) {
    return <p>A recovery session is Admin, whoever opens its link.</p>;
  }
  const groups = through.groups.map(({ id, displayName }) => displayName ?? id);
  return (
    <p>
      {groups.length === 0 ? (
        'Your groups give you this role'
      ) : (
        <>
          Your {groups.length === 1 ? 'group' : 'groups'}{' '}
          <strong>{new Intl.ListFormat('en').format(groups)}</strong>{' '}
          {groups.length === 1 ? 'gives' : 'give'} you this role
        </>
      )}{' '}
      by the SSO setting <strong>{through.settingName}</strong>, which applies to{' '}
      {levels[through.level]}. At another sensor your role may be another.
    </p>
  );
}
