import type { IncomingMessage } from 'node:http';
import { isOverriding, looksLikeOwn } from './other-readings.ts';

/** What decisions look at. In small letters. */
const names = [
  'host',
  'cookie',
  'origin',
  'sec-fetch-site',
  'service-worker',
  'connection',
  'upgrade',
  'x-original-upgrade',
  'sec-websocket-key',
  'sec-websocket-version',
  'transfer-encoding',
  'content-length',
  'x-original-method',
  'x-original-uri',
  'x-forwarded-method',
  'x-forwarded-uri',
  'x-forwarded-for',
] as const;

type Name = (typeof names)[number];

const places = Object.fromEntries(names.map((name, place) => [name, place])) as Record<
  Name,
  number
>;
const nothingSaid: readonly (string | undefined)[] = names.map(() => undefined);

/** A client's headers, as far as decisions look at them. */
export class ClientHeaders {
  readonly #values: (string | undefined)[] = nothingSaid.slice();
  hosts = 0;
  /** Could one of them pass for one of the gate's by its letters alone? */
  poseAsOwn = false;
  /** Could a console make another request of this one by one of them? */
  override = false;

  /** As Node has it in `headers`. */
  get(name: Name): string | undefined {
    return this.#values[places[name]];
  }

  /** False: that one is there already. */
  add(place: number, value: string): boolean {
    if (this.#values[place] !== undefined) return false;
    this.#values[place] = value;
    return true;
  }

  /** Several of one name are what Node makes of them. */
  takeAll({ headers }: IncomingMessage): void {
    names.forEach((name, place) => {
      const value = headers[name];
      this.#values[place] = value === undefined ? undefined : String(value);
    });
  }
}

/** What a header is by its name. */
interface Meaning {
  /** -1: no decision looks at its value. */
  readonly place: number;
  readonly poses: boolean;
  readonly overrides: boolean;
}

/** Names that are longer are made up: they aren't remembered. */
const longestUsual = 64;

/**
 * Reads a request's headers in one pass, in place of one for each check. `own`: names of the headers that the console reads besides
 * Gatehouse's own, in small letters.
 */
export function createHeaderReader(
  own: ReadonlySet<string>,
): (request: IncomingMessage) => ClientHeaders {
  // By the name as it is spelled. Somebody who makes up names empties it now and then.
  const meanings = new Map<string, Meaning>();

  function meaningOf(name: string): Meaning {
    const known = meanings.get(name);
    if (known !== undefined) return known;
    const lower = name.toLowerCase();
    const meaning = {
      place: names.findIndex((one) => one === lower),
      poses: looksLikeOwn(lower, own),
      overrides: isOverriding(lower),
    };
    if (name.length > longestUsual) return meaning;
    if (meanings.size >= 2_000) meanings.clear();
    meanings.set(name, meaning);
    return meaning;
  }

  return (request) => {
    const { rawHeaders } = request;
    const headers = new ClientHeaders();
    let once = true;
    for (let at = 0; at < rawHeaders.length; at += 2) {
      const { place, poses, overrides } = meaningOf(rawHeaders[at] ?? '');
      if (place === places.host) headers.hosts += 1;
      if (place !== -1 && !headers.add(place, rawHeaders[at + 1] ?? '')) once = false;
      if (poses) headers.poseAsOwn = true;
      if (overrides) headers.override = true;
    }
    if (!once) headers.takeAll(request);
    return headers;
  };
}

/** Does a body come with it, as far as its framing says (RFC 9112, section 6.3)? */
export function hasBody(headers: ClientHeaders): boolean {
  const length = headers.get('content-length');
  return headers.get('transfer-encoding') !== undefined || (length !== undefined && length !== '0');
}
