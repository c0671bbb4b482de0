import { InvalidValue } from './config-value.ts';
import { nearestName } from './nearest-name.ts';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export type LogLevel = (typeof logLevels)[number];

export interface ConfigProblem {
  readonly variable: string;
  readonly problem: string;
  readonly example: string;
}

/** Lists every variable that is wrong: `message` is for the operator, one line for each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'config_invalid';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    const lines = problems.map(
      (each) => `  ${each.variable} ${each.problem}. Example: ${each.example}`,
    );
    super(`The configuration is wrong:\n${lines.join('\n')}`);
    this.problems = problems;
  }
}

/** Reads variables one by one, and keeps what is wrong until all have been read. */
export interface Variables<V extends string> {
  /** Undefined where there is none, or a wrong one. */
  readonly read: <T>(variable: V, parse: (value: string) => T) => T | undefined;
  readonly wrong: (variable: V, problem: string) => void;
  /** Throws a ConfigError that names everything that is wrong at once. */
  finish(): void;
}

export interface VariablesOptions<V extends string> {
  readonly env: NodeJS.ProcessEnv;
  /** A correct value for each variable that there is. */
  readonly examples: Readonly<Record<V, string>>;
  /** Names that begin so and aren't there are misspelt: they would be ignored without a word. */
  readonly prefix: string;
  /** Names that begin so belong to somebody else. */
  readonly foreignPrefix?: string;
  /** Shown to operators instead of the variable: a flag, where the value came from one. */
  readonly shownAs?: (variable: V) => string;
}

export function readVariables<V extends string>(options: VariablesOptions<V>): Variables<V> {
  const { env, examples, shownAs = (variable) => variable } = options;
  const problems = misspelt(options);
  const wrong = (variable: V, problem: string): void => {
    problems.push({ variable: shownAs(variable), problem, example: examples[variable] });
  };
  return {
    wrong,
    read(variable, parse) {
      const value = env[variable];
      // An empty variable is how compose files say "none".
      if (value === undefined || value === '') return undefined;
      try {
        if (value !== value.trim()) throw new InvalidValue('has a space or a line break at an end');
        return parse(value);
      } catch (error) {
        if (!(error instanceof InvalidValue)) throw error;
        wrong(variable, error.message);
        return undefined;
      }
    },
    finish() {
      if (problems.length > 0) throw new ConfigError(problems);
    },
  };
}

function misspelt<V extends string>(options: VariablesOptions<V>): ConfigProblem[] {
  const { env, examples, prefix, foreignPrefix } = options;
  const known = Object.keys(examples) as V[];
  const unknown = Object.keys(env).filter(
    (name) =>
      name.startsWith(prefix) &&
      !(foreignPrefix !== undefined && name.startsWith(foreignPrefix)) &&
      !known.some((each) => each === name),
  );
  return unknown.map((variable) => {
    const meant = nearestName(variable, known);
    const example = meant ?? known.find((name) => name.endsWith('_PORT'));
    return {
      variable,
      problem: meant
        ? `is no variable of Gatehouse; did you mean ${meant}?`
        : 'is no variable of Gatehouse: remove it',
      example: example === undefined ? 'none' : `${example}=${examples[example]}`,
    };
  });
}
