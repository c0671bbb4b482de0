import { roleLabels } from '../../domain/role.ts';
import { checkLabels, credentialKindLabels, typeLabels } from '../ui/provider-labels.ts';

/** Words of the API that stand for something, by the fields that hold them. */
const words: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  role: roleLabels,
  type: typeLabels,
  kind: credentialKindLabels,
  status: {
    active: 'Active',
    current: 'Current',
    next: 'Next',
    retired: 'Retired',
    standby: 'Stands by',
    unverified: 'Not verified',
  },
  failed: checkLabels,
  id: { environment: 'Entered in the environment' },
};

const anywhere: Readonly<Record<string, string>> = { true: 'Yes', false: 'No' };

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/u;
const asTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/**
 * A field's value in the words of the pages: `securityAnalyst` of a role reads as `Security analyst`,
 * a time as the reader's clock has it. What isn't known stays as it is. Null stays null.
 */
export function fieldValue(path: string, value: string | null): string | null {
  if (value === null) return null;
  const own = words[path.split('.').at(-1) ?? ''] ?? {};
  return value
    .split('\n')
    .map((line) => wordOf(own, line) ?? wordOf(anywhere, line) ?? timeOf(line) ?? line)
    .join('\n');
}

function wordOf(list: Readonly<Record<string, string>>, value: string): string | undefined {
  return Object.hasOwn(list, value) ? list[value] : undefined;
}

function timeOf(value: string): string | undefined {
  return instant.test(value) ? asTime.format(new Date(value)) : undefined;
}
