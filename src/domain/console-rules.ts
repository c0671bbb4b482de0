import { overridingMethods } from './method-override.ts';
import type { Role } from './role.ts';

/**
 * What a request to a sensor's console may be: the methods of HTTP, and `WEBSOCKET` for opening one,
 * because what goes through a WebSocket afterwards nobody can tell reading from writing.
 */
export const consoleMethods = [
  'GET',
  'HEAD',
  'OPTIONS',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'WEBSOCKET',
] as const;

export type ConsoleMethod = (typeof consoleMethods)[number];

/** The roles that rules limit. Admin is never limited: somebody must be able to mend what is wrong. */
export const limitedRoles = ['securityAnalyst', 'readOnly'] as const satisfies readonly Role[];

export type LimitedRole = (typeof limitedRoles)[number];

export interface ConsoleRule {
  readonly effect: 'allow' | 'refuse';
  /** Empty: every method, those that nobody foresaw included. */
  readonly methods: readonly ConsoleMethod[];
  /**
   * A path of the console, from its root. `*` stands for one segment or a part of one, `**` as the
   * last segment for everything below, the path before it included.
   */
  readonly path: string;
}

/** In their order: the first rule that matches decides, and what none matches is refused. */
export type ConsoleRules = Readonly<Record<LimitedRole, readonly ConsoleRule[]>>;

/** Read only reads; a Security analyst may use the whole console. */
export const defaultConsoleRules: ConsoleRules = {
  securityAnalyst: [{ effect: 'allow', methods: [], path: '/**' }],
  readOnly: [{ effect: 'allow', methods: ['GET', 'HEAD'], path: '/**' }],
};

/** Where files lie on Windows, `a.`, `a ` and `a::$DATA` are `a`, and `ADMINI~1` is `Administration`. */
const fileNameOfWindows = /^\s|[.\s]$|~\d|:\$/u;

/** What is wrong with a path of a rule, or null. */
export function consolePathProblem(path: string): string | null {
  if (!path.startsWith('/')) return 'must begin with a slash';
  if (path.length > 500) return 'must have at most 500 characters';
  if (/[?#]/u.test(path)) return 'must be a path alone: rules don’t look at what follows ? or #';
  if (/[%\\;\s\p{Cc}]/u.test(path)) {
    return 'must be written as people read it, without %, backslash, semicolon or spaces';
  }
  const segments = path.split('/').slice(1);
  if (segments.some((segment) => segment === '.' || segment === '..')) {
    return 'must not have the segments . or ..';
  }
  if (segments.slice(0, -1).includes('')) return 'must not have an empty segment';
  if (segments.some((segment) => fileNameOfWindows.test(segment))) {
    return 'must not have a segment that ends in a dot, or has ~ before a digit or $ after a colon';
  }
  if (segments.some((segment, at) => segment.includes('**') && at !== segments.length - 1)) {
    return 'may have ** as the last segment only';
  }
  if (segments.some((segment) => segment.split('*').length > 4)) {
    return 'may have three * in a segment at most';
  }
  if (path.includes('**') && segments.at(-1) !== '**') return 'may have ** as a segment of its own';
  return null;
}

/**
 * The path of a request target as every console reads it, decoded once; null where consoles differ:
 * dot segments, encoded slashes, doubly encoded or invalid sequences, an encoded ? or #, backslashes,
 * control characters, empty segments, path parameters, second names that files have on Windows. What
 * is ambiguous must never slip past a rule.
 */
export function unambiguousPath(target: string): string | null {
  const raw = target.split(/[?#]/u, 1)[0] ?? '';
  if (!raw.startsWith('/') || /%(?:2f|5c|25|3b|00)/iu.test(raw)) return null;
  let path: string;
  try {
    path = decodeURIComponent(raw);
  } catch {
    return null;
  }
  // Fullwidth forms and the like become dots and slashes where somebody normalises them.
  if (/[\\;%?#\p{Cc}\p{Cf}]/u.test(path) || path.normalize('NFKC') !== path) return null;
  const segments = path.split('/').slice(1);
  if (segments.some((segment) => fileNameOfWindows.test(segment))) return null;
  return segments.slice(0, -1).includes('') ? null : path;
}

/**
 * May this role do this in the console? `target` is the request's path and query as they came.
 * An ambiguous path counts as hit by every rule that refuses, and by those alone that allow the
 * whole console. Paths are compared exactly when they allow, without regard to case when they refuse.
 * Where the query names another method, that one must be allowed as well.
 */
export function consoleAllows(
  role: Role,
  method: string,
  target: string,
  rules: ConsoleRules,
): boolean {
  if (role === 'admin') return true;
  const methods = [method.toUpperCase(), ...overridingMethods(target)];
  return methods.every((one) => allowsMethod(one, target, rules[role]));
}

function allowsMethod(wanted: string, target: string, rules: readonly ConsoleRule[]): boolean {
  let path: string | null | undefined;
  for (const rule of rules) {
    if (rule.methods.length > 0 && !rule.methods.some((one) => one === wanted)) continue;
    if (rule.path === '/**') return rule.effect === 'allow';
    path ??= unambiguousPath(target);
    const hit =
      path === null ? rule.effect === 'refuse' : matches(rule.path, path, rule.effect === 'refuse');
    if (hit) return rule.effect === 'allow';
  }
  return false;
}

/** A path of a rule, taken apart: what stands between the stars, for each segment. */
interface Pattern {
  readonly segments: readonly (readonly string[])[];
  readonly below: boolean;
}

const patterns = new Map<string, Pattern>();

function matches(pattern: string, path: string, ignoreCase: boolean): boolean {
  const { segments, below } = compiled(ignoreCase ? folded(pattern) : pattern);
  const given = (ignoreCase ? folded(path) : path).split('/').slice(1);
  if (given.length > segments.length && given.at(-1) === '') given.pop();
  if (below ? given.length < segments.length : given.length !== segments.length) return false;
  return segments.every((parts, at) => segmentMatches(parts, given[at] ?? ''));
}

function compiled(path: string): Pattern {
  const known = patterns.get(path);
  if (known !== undefined) return known;
  const segments = path.split('/').slice(1);
  const below = segments.at(-1) === '**';
  if (below || segments.at(-1) === '') segments.pop();
  const pattern = { segments: segments.map((segment) => segment.split(/\*+/u)), below };
  if (patterns.size > 1000) patterns.clear();
  patterns.set(path, pattern);
  return pattern;
}

/**
 * By hand, because several stars in a regular expression take time that grows with a power of what
 * somebody sends. The first place where a part fits is as good as any later one.
 */
function segmentMatches(parts: readonly string[], text: string): boolean {
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (parts.length === 1) return text === first;
  if (text.length < first.length + last.length) return false;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  const middle = text.slice(first.length, text.length - last.length);
  let from = 0;
  for (const part of parts.slice(1, -1)) {
    const at = middle.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return true;
}

/** The same for all spellings that differ in case alone, those of Unicode that fall together included. */
function folded(text: string): string {
  return text.toUpperCase().toLowerCase();
}
