/** Parameters of a request as OAuth reads them: of a repeated one the first counts, an empty one is absent. */
export type Parameters = ReadonlyMap<string, string>;

export function parseParameters(encoded: string): Parameters {
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(encoded)) {
    if (value !== '' && !parameters.has(name)) parameters.set(name, value);
  }
  return parameters;
}

/** The query of a request's target, such as `/path?a=b`. */
export function queryOf(target: string): Parameters {
  const start = target.indexOf('?');
  return parseParameters(start < 0 ? '' : target.slice(start + 1));
}

/** The form in a request's body, empty where it sent none. */
export function formOf(body: unknown): Parameters {
  return parseParameters(typeof body === 'string' ? body : '');
}
