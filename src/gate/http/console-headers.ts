import { roles } from '../../domain/role.ts';
import { InvalidValue } from '../../server/config-value.ts';

const fields = ['user', 'name', 'objectId', 'role', 'permissions'] as const;

export type IdentityField = (typeof fields)[number];

/** A header that a console reads, besides those of Gatehouse's own. */
export interface ConsoleHeader {
  readonly name: string;
  readonly field: IdentityField;
  /** The console's word for each value; null: as it is. A value without a word is left out. */
  readonly values: ReadonlyMap<string, string> | null;
}

/** Those that mean something else on the way. */
const taken =
  /^(?:host|cookie|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|origin|referer|date|accept.*|content-.*|proxy-.*|sec-.*|x-forwarded-(?:for|host|proto|port)|x-gatehouse-.*)$/u;

/**
 * Headers for consoles that read others, such as Grafana's auth proxy:
 * `X-WEBAUTH-USER=user,X-WEBAUTH-ROLE=role(admin=Admin,securityAnalyst=Editor,readOnly=Viewer)`.
 * Throws InvalidValue.
 */
export function readConsoleHeaders(value: string): ConsoleHeader[] {
  const entries = value.match(/[^,()]+(?:\([^()]*\))?/gu) ?? [];
  if (entries.join(',') !== value) throw new InvalidValue('has a bracket or a comma too many');
  const headers = entries.map((entry) => readHeader(entry.trim()));
  const names = headers.map(({ name }) => name.toLowerCase());
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new InvalidValue(`names ${twice} twice`);
  return headers;
}

function readHeader(entry: string): ConsoleHeader {
  const [, name = '', word = '', list] = /^([^=]*)=(\w*)(?:\((.*)\))?$/u.exec(entry) ?? [];
  if (!/^[A-Za-z][A-Za-z0-9-]{0,99}$/u.test(name)) {
    throw new InvalidValue(`has ${JSON.stringify(entry)}, which begins with no name of a header`);
  }
  if (taken.test(name.toLowerCase())) {
    throw new InvalidValue(`names ${name}, which means something else`);
  }
  const field = fields.find((one) => one === word);
  if (field === undefined) {
    throw new InvalidValue(
      `gives ${name} ${JSON.stringify(word)}, not one of ${fields.join(', ')}`,
    );
  }
  return { name, field, values: list === undefined ? null : readWords(name, field, list) };
}

function readWords(name: string, field: IdentityField, list: string): ReadonlyMap<string, string> {
  if (field !== 'role') throw new InvalidValue(`has words for ${name}; only a role can have them`);
  const words = list.split(',').map((pair): readonly [string, string] => {
    const [, role = '', word = ''] = /^\s*(\w+)=([\x21-\x7e][\x20-\x7e]*?)\s*$/u.exec(pair) ?? [];
    if (roles.some((one) => one === role)) return [role, word];
    throw new InvalidValue(
      `has ${JSON.stringify(pair)} for ${name}, not one of ${roles.join(', ')}`,
    );
  });
  return new Map(words);
}
