import type { ConsoleMethod, ConsoleRule } from '../../domain/console-rules.ts';

/** A rule in words: `Allow GET and HEAD on everything`, `Refuse every method on /admin/**`. */
export function ruleText({ effect, methods, path }: ConsoleRule): string {
  const verb = effect === 'allow' ? 'Allow' : 'Refuse';
  return `${verb} ${methodsText(methods)} on ${path.trim() === '/**' ? 'everything' : path.trim()}`;
}

/** Methods in words: `GET, POST and WebSocket`. */
export function methodsText(methods: readonly ConsoleMethod[]): string {
  if (methods.length === 0) return 'every method';
  const names = methods.map(methodLabel);
  const last = names.at(-1) ?? '';
  return names.length === 1 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

export function methodLabel(method: ConsoleMethod): string {
  return method === 'WEBSOCKET' ? 'WebSocket' : method;
}

/** What a list of rules comes to, in a few words. */
export function rulesText(rules: readonly ConsoleRule[]): string {
  const [only] = rules;
  if (only === undefined) return 'Nothing';
  if (rules.length > 1) return `${rules.length} rules`;
  if (only.effect === 'refuse') return 'Nothing';
  const everything = only.path.trim() === '/**';
  if (everything && only.methods.length === 0) return 'Everything';
  const methods = methodsText(only.methods);
  const first = `${methods.charAt(0).toUpperCase()}${methods.slice(1)}`;
  return everything ? first : `${first} on ${only.path.trim()}`;
}

/** One text for each list that does the same: the order of rules counts, that of methods doesn't. */
export function rulesKey(rules: readonly ConsoleRule[]): string {
  return JSON.stringify(
    rules.map(({ effect, methods, path }) => [effect, methods.toSorted(), path.trim()]),
  );
}
