import type { ConsoleMethod, ConsoleRule, ConsoleRules } from '../../domain/console-rules.ts';
import type { Role } from '../../domain/role.ts';

/** A rule in words: `Allow GET and HEAD on everything`, `Refuse every method on /admin/**`. */
export function ruleText({ effect, methods, path }: ConsoleRule): string {
  const verb = effect === 'allow' ? 'Allow' : 'Refuse';
  return `${verb} ${methodsText(methods)} on ${isEverywhere(path) ? 'everything' : path.trim()}`;
}

/** Methods in words: `GET, POST and WebSocket`. */
export function methodsText(methods: readonly ConsoleMethod[]): string {
  return methods.length === 0 ? 'every method' : listed(methods.map(methodLabel));
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
  if (decidesAll(only)) return 'Everything';
  const methods = capitalized(methodsText(only.methods));
  return isEverywhere(only.path) ? methods : `${methods} on ${only.path.trim()}`;
}

/** One text for each list that does the same: the order of rules counts, that of methods doesn't. */
export function rulesKey(rules: readonly ConsoleRule[]): string {
  return JSON.stringify(
    rules.map(({ effect, methods, path }) => [effect, methods.toSorted(), path.trim()]),
  );
}

export interface RuleSentence {
  readonly effect: ConsoleRule['effect'];
  readonly text: string;
}

/**
 * What a role may do in a console, for those who have it: one sentence for each rule, in their
 * order, and one for what none of them decides.
 */
export function ruleSentences(role: Role, rules: ConsoleRules): readonly RuleSentence[] {
  if (role === 'admin') return [{ effect: 'allow', text: 'Everything. Rules don’t limit Admin.' }];
  const list = rules[role];
  const sentences = list.map((rule) => ({ effect: rule.effect, text: sentence(rule) }));
  if (list.some(decidesAll)) return sentences;
  return [
    ...sentences,
    { effect: 'refuse', text: list.length === 0 ? 'Everything.' : 'Everything else.' },
  ];
}

function sentence({ methods, path }: ConsoleRule): string {
  return `${capitalized(doingText(methods))} ${placeText(path.trim())}.`;
}

const reading: readonly ConsoleMethod[] = ['GET', 'HEAD'];

/** Methods as what one does with them: operators needn't know HTTP. */
function doingText(methods: readonly ConsoleMethod[]): string {
  if (methods.length === 0) return 'everything';
  const reads = reading.every((method) => methods.includes(method));
  const others = methods.filter((method) => !(reads && reading.includes(method)));
  return listed([
    ...(reads ? ['reading (GET, HEAD)'] : []),
    ...others.map((method) => (method === 'WEBSOCKET' ? 'live connections (WebSocket)' : method)),
  ]);
}

function placeText(path: string): string {
  if (isEverywhere(path)) return 'in the whole console';
  return path.endsWith('/**') ? `at ${path.slice(0, -3)} and everything below` : `at ${path}`;
}

function isEverywhere(path: string): boolean {
  return path.trim() === '/**';
}

function decidesAll({ methods, path }: ConsoleRule): boolean {
  return methods.length === 0 && isEverywhere(path);
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
