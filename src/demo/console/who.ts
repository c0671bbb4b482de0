import type { IncomingHttpHeaders } from 'node:http';

export interface Visitor {
  readonly name: string;
  readonly role: string;
}

const roleNames: Readonly<Record<string, string>> = {
  admin: 'Admin',
  securityAnalyst: 'Security analyst',
  readOnly: 'Read only',
};

/**
 * Who the gate says is asking; null without a gate in front. A console that only the gate can reach
 * may believe these headers; any other checks the signed assertion (docs/guides/gates.md).
 */
export function visitor(headers: IncomingHttpHeaders): Visitor | null {
  const name = text(headers['x-gatehouse-name']) || text(headers['x-gatehouse-user']);
  const role = text(headers['x-gatehouse-role']);
  return name === '' ? null : { name, role: roleNames[role] ?? role };
}

/** Header values are ASCII: what isn't arrives percent-encoded. */
function text(value: string | string[] | undefined): string {
  const raw = typeof value === 'string' ? value : '';
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}
