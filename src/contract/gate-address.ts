import { z } from 'zod';

const longest = 300;
const asBrowsersReadIt = z.url({ normalize: true });

/** What is left of a host by then; no character of it means anything to a shell, but brackets. */
const host = /^(?:[\w.-]+|\[[\da-f:]+\])$/u;
const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/u;

/**
 * The address by which people open a console through a gate: its origin, as browsers write it, or
 * what is wrong with it, to be read after its name ("must be …"). Entra takes redirect URIs in https
 * only, but for loopback.
 */
export function readGateAddress(
  text: string,
): { readonly origin: string } | { readonly problem: string } {
  if (text.trim() === '') return { problem: 'is required' };
  if (text.length > longest) return { problem: `must have at most ${longest} characters` };
  const { data: href = '' } = asBrowsersReadIt.safeParse(text);
  const [, scheme, user, authority = '', rest] =
    /^(https?):\/\/([^/?#]*@)?([^/?#]+)(.*)$/u.exec(href) ?? [];
  if (scheme === undefined) {
    return { problem: 'must begin with https://, such as https://sensor-07.plant.example.com' };
  }
  if (user !== undefined) return { problem: 'must name no user and no password' };
  if (rest !== '/') return { problem: 'must end after the host, or its port' };
  const name = authority.replace(/:\d+$/u, '');
  if (!host.test(name)) {
    return { problem: 'must have a host of letters, digits, dots and hyphens' };
  }
  if (scheme === 'http' && !loopback.test(name)) {
    return { problem: 'must be https, except for localhost' };
  }
  return { origin: `${scheme}://${authority}` };
}

/** The same in what is sent. */
export const gateOrigin = z
  .string()
  .superRefine((text, context) => {
    const read = readGateAddress(text);
    if ('problem' in read) context.addIssue({ code: 'custom', message: read.problem });
  })
  .overwrite((text) => {
    const read = readGateAddress(text);
    return 'origin' in read ? read.origin : text;
  });
