import { assertionHeader } from './assertions.ts';
import type { ConsoleHeader } from './console-headers.ts';
import { consoleIdentity, identityHeaders } from './console-identity.ts';
import type { Admitted } from './gatekeeper.ts';

/** Who is asking as headers (name, value, name, value); made once for what a session is good for. */
export interface Identities {
  /** Added to what the console gets. */
  readonly forConsole: (admitted: Admitted) => readonly string[];
  /** All headers of the answer to a proxy that asks. */
  readonly forProxy: (admitted: Admitted) => readonly string[];
}

const ofAnswer = ['Cache-Control', 'no-store', 'Content-Length', '0'] as const;

/** `assert` signs who is asking; null: assertions are off. */
export function createIdentities(
  others: readonly ConsoleHeader[],
  assert: ((admitted: Admitted) => string) | null,
): Identities {
  const made = new WeakMap<object, { readonly console: string[]; readonly proxy: string[] }>();

  function headersOf(admitted: Admitted) {
    const known = made.get(admitted.standing);
    if (known !== undefined) return known;
    const identity = [...identityHeaders(consoleIdentity(admitted), others)];
    const both = { console: identity, proxy: [...ofAnswer, ...identity] };
    made.set(admitted.standing, both);
    return both;
  }

  const signed = (admitted: Admitted, headers: readonly string[]) =>
    assert === null ? headers : [...headers, assertionHeader, assert(admitted)];

  return {
    forConsole: (admitted) => signed(admitted, headersOf(admitted).console),
    forProxy: (admitted) => signed(admitted, headersOf(admitted).proxy),
  };
}
