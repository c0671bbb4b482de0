import { Badge } from '@fluentui/react-components';
import type { AuditEvent } from '../../contract/activity.ts';

const kinds = { recovery: 'Recovery', system: 'System', gate: 'Gate' } as const;

/** Who did it: a person, somebody with a recovery link, a gate, or the portal itself. */
export function Actor({ actor }: { actor: AuditEvent['actor'] }) {
  return (
    <span title={actor.objectId ?? undefined}>
      {actor.name}
      {actor.kind !== 'entra' && actor.name !== kinds[actor.kind] && (
        <>
          {' '}
          <Badge appearance="outline" color={actor.kind === 'recovery' ? 'warning' : 'informative'}>
            {kinds[actor.kind]}
          </Badge>
        </>
      )}
    </span>
  );
}
