import type { ConsoleMethod, ConsoleRule, ConsoleRules } from '../../domain/console-rules.ts';
import type { Role } from '../../domain/role.ts';

export interface RuleWords {
  readonly effect: 'allow' | 'refuse';
  readonly text: string;
}

/** What a role may do in the console, one sentence for each rule, in their order. */
export function consoleRuleWords(role: Role, rules: ConsoleRules): readonly RuleWords[] {
  if (role === 'admin') return [{ effect: 'allow', text: 'Everything. Rules don’t limit Admin.' }];
  const list = rules[role];
  const words = list.map((rule) => ({ effect: rule.effect, text: ruleText(rule) }));
  return list.some(decidesAll)
    ? words
    : [
        ...words,
        { effect: 'refuse', text: list.length === 0 ? 'Everything.' : 'Everything else.' },
      ];
}

function decidesAll({ methods, path }: ConsoleRule): boolean {
  return methods.length === 0 && path === '/**';
}

function ruleText({ methods, path }: ConsoleRule): string {
  return `${methodText(methods)} ${pathText(path)}.`;
}

const reading: readonly ConsoleMethod[] = ['GET', 'HEAD'];

function methodText(methods: readonly ConsoleMethod[]): string {
  if (methods.length === 0) return 'Everything';
  const reads = reading.every((method) => methods.includes(method));
  const others = methods.filter((method) => !(reads && reading.includes(method)));
  const parts = [
    ...(reads ? ['reading (GET, HEAD)'] : []),
    ...others.map((method) => (method === 'WEBSOCKET' ? 'live connections (WebSocket)' : method)),
  ];
  const text = new Intl.ListFormat('en', { type: 'conjunction' }).format(parts);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function pathText(path: string): string {
  if (path === '/**') return 'in the whole console';
  const below = path.endsWith('/**');
  const stem = below ? path.slice(0, -3) : path;
  return below ? `at ${stem} and everything below` : `at ${stem}`;
}
