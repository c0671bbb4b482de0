import { Badge } from '@fluentui/react-components';
import { refusals } from '../../domain/refusal.ts';

const reasons: Readonly<Record<string, string>> = refusals;

/** Succeeded, or refused with the reason in words where it is known. */
export function Outcome({
  outcome,
  code = null,
}: {
  outcome: 'succeeded' | 'refused';
  code?: string | null;
}) {
  if (outcome === 'succeeded') {
    return (
      <Badge appearance="tint" color="success">
        Succeeded
      </Badge>
    );
  }
  return (
    <>
      <Badge appearance="tint" color="danger">
        Refused
      </Badge>{' '}
      {code !== null && (reasons[code] ?? code)}
    </>
  );
}
