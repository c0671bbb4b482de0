import { inlineLabel } from './field-labels.ts';

export interface ChangedField {
  /** Where it stands, such as `permissions.admin`. */
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What an entry of the audit log changed, field by field; what stayed the same is left out. */
export function changedFields(before: unknown, after: unknown, path = ''): ChangedField[] {
  if (isRecord(before) || isRecord(after)) {
    const left = isRecord(before) ? before : {};
    const right = isRecord(after) ? after : {};
    return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((name) =>
      changedFields(left[name], right[name], path === '' ? name : `${path}.${name}`),
    );
  }
  const [was, is] = [text(before), text(after)];
  return was === is ? [] : [{ path, before: was, after: is }];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Null where there is nothing, so that "absent" and "empty" don't look alike. */
function text(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(item).join('\n');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A group or a target reads by its name, where it has one; anything else by its fields. */
function item(value: unknown): string {
  if (!isRecord(value)) return text(value) ?? '–';
  const name = value['displayName'] ?? value['name'];
  const id = value['id'];
  if (typeof name === 'string') return typeof id === 'string' ? `${name} (${id})` : name;
  if (typeof id === 'string') return id;
  return Object.entries(value)
    .map(
      ([field, part]) =>
        `${inlineLabel(field)} ${isRecord(part) ? item(part) : (text(part) ?? '–')}`,
    )
    .join(', ');
}
