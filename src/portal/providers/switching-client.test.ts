import { describe, expect, it } from 'vitest';
import type { WebClient } from '../../entra/web-client.ts';
import { WebSignInError } from '../../entra/web-sign-in-error.ts';
import type { CredentialRow } from './active-providers.ts';
import { createSwitchingClient } from './switching-client.ts';

const refusal = new WebSignInError('credential_refused', 'for the log');
const outage = new WebSignInError('provider_unreachable', 'for the log');
const person = { tenantId: 't', objectId: 'o' };

/** A client that has these credentials, of which some are refused; `known`: were so before. */
function switching(
  answers: Record<string, 'taken' | Error>,
  { known = [] as readonly string[], standby = [] as readonly string[] } = {},
) {
  const [asked, noted, taken]: string[][] = [[], [], []];
  const row = (id: string) =>
    ({
      id,
      status: standby.includes(id) ? 'standby' : 'current',
      refused: known.includes(id) ? {} : null,
    }) as CredentialRow;
  const [first = '', ...others] = Object.keys(answers);
  const client = createSwitchingClient({
    order: [row(first), ...others.map(row)],
    clientOf: ({ id }) =>
      ({
        refresh: async (token: string) => {
          asked?.push(`${id} ${token}`);
          if (answers[id] !== 'taken') throw answers[id] ?? new Error('unknown');
          return `tokens by ${id}`;
        },
      }) as unknown as WebClient,
    onRefused: async ({ id }) => {
      noted?.push(id);
      return [...others, first].map(row);
    },
    onTaken: async ({ id }) => {
      taken?.push(id);
    },
  });
  return { asked, noted, taken, refreshed: () => client.refresh('token', person) };
}

describe('a client of several secrets', () => {
  it('goes on with the next where one is refused, with the same token', async () => {
    const answers = { one: refusal, two: refusal, three: 'taken' } as const;
    const { asked, noted, taken, refreshed } = switching(answers, { standby: ['three'] });
    expect(await refreshed()).toBe('tokens by three');
    expect(asked).toEqual(['one token', 'two token', 'three token']);
    expect([noted, taken]).toEqual([['one', 'two'], ['three']]);
  });

  it('tells nothing of one that is taken as ever', async () => {
    const { noted, taken, refreshed } = switching({ one: 'taken', two: refusal });
    await refreshed();
    expect([noted, taken]).toEqual([[], []]);
  });

  it('tries those that were refused before, and says that one is taken again', async () => {
    const answers = { one: refusal, two: 'taken' } as const;
    const { noted, taken, refreshed } = switching(answers, { known: ['one', 'two'] });
    expect(await refreshed()).toBe('tokens by two');
    expect([noted, taken]).toEqual([[], ['two']]);
  });

  it('tells the refusal where none is left, and tries none twice', async () => {
    const { asked, refreshed } = switching({ one: refusal, two: refusal });
    await expect(refreshed()).rejects.toBe(refusal);
    expect(asked).toHaveLength(2);
  });

  it('tells any other failure as it is', async () => {
    const { asked, noted, refreshed } = switching({ one: outage, two: 'taken' });
    await expect(refreshed()).rejects.toBe(outage);
    expect([asked?.length, noted]).toEqual([1, []]);
  });
});
