import { Badge } from '@fluentui/react-components';
import { Warning12Filled } from '@fluentui/react-icons';
import type { TargetStanding } from './target-standing.ts';

/** What a target holds already, and what choosing it does: a warning icon for a replacement. */
export function StandingBadge({ standing }: { readonly standing: TargetStanding }) {
  if (standing.text === null) return null;
  if (standing.kind === 'replaces') {
    return (
      <Badge appearance="tint" color="warning" icon={<Warning12Filled />}>
        {standing.text}
      </Badge>
    );
  }
  return (
    <Badge appearance={standing.kind === 'inherits' ? 'ghost' : 'tint'} color="informative">
      {standing.text}
    </Badge>
  );
}
