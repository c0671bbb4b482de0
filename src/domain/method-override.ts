const parameter = /^(?:-method|-http-?method|x-(?:http-)?method(?:-override)?)$/u;

/**
 * The methods that the query of a request (path and query, as they came) names in place of its own.
 * Consoles of many makes take `?_method=DELETE`, `?X-HTTP-Method-Override=DELETE` and the like for that
 * method, some of them in a GET. In capitals; what stands in a body isn't known.
 */
export function overridingMethods(target: string): readonly string[] {
  const at = target.indexOf('?');
  if (at === -1) return none;
  const found: string[] = [];
  for (const pair of target.slice(at + 1).split(/[&;]/u)) {
    const [name = '', ...value] = pair.split('=');
    const plain = decoded(name)
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/gu, '-');
    if (parameter.test(plain)) found.push(decoded(value.join('=')).trim().toUpperCase());
  }
  return found;
}

const none: readonly string[] = [];

/** Does a request change nothing (RFC 9110, section 9.2.1), by its method and by what its query names? */
export function onlyReads(method: string, target: string): boolean {
  return [method, ...overridingMethods(target)].every((one) => safeMethods.includes(one));
}

const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

function decoded(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced).trim();
  } catch {
    return spaced;
  }
}
