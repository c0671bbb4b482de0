import { describe, expect, it } from 'vitest';
import type { WebClient } from '../../entra/web-client.ts';
import { WebSignInError } from '../../entra/web-sign-in-error.ts';
import type { CredentialRow } from './active-providers.ts';
import { createSwitchingClient } from './switching-client.ts';

const refusal = new WebSignInError('credential_refused', 'for the log');
const outage = new WebSignInError('provider_unreachable', 'for the log');
const person = { tenantId: 't', objectId: 'o' };

/** A client that has these credentials, of which some are refused. */
function switching(answers: Record<string, 'taken' | Error>, order: readonly string[]) {
  const asked: string[] = [];
  const noted: string[] = [];
  const row = (id: string) => ({ id, refused: null }) as CredentialRow;
  const client = createSwitchingClient({
    first: row(order[0] ?? ''),
    clientOf: ({ id }) =>
      ({
        refresh: async (token: string) => {
          asked.push(`${id} ${token}`);
          if (answers[id] !== 'taken') throw answers[id] ?? new Error('unknown');
          return `tokens by ${id}`;
        },
      }) as unknown as WebClient,
    next: async ({ id }) => {
      noted.push(id);
      const other = order[order.indexOf(id) + 1];
      return other === undefined ? null : row(other);
    },
  });
  return { asked, noted, refreshed: () => client.refresh('token', person) };
}

describe('a client of several secrets', () => {
  it('goes on with the next where one is refused, with the same token', async () => {
    const answers = { one: refusal, two: refusal, three: 'taken' } as const;
    const { asked, noted, refreshed } = switching(answers, ['one', 'two', 'three']);
    expect(await refreshed()).toBe('tokens by three');
    expect(asked).toEqual(['one token', 'two token', 'three token']);
    expect(noted).toEqual(['one', 'two']);
  });

  it('tells the refusal where none is left, and tries none twice', async () => {
    const { asked, refreshed } = switching({ one: refusal, two: refusal }, ['one', 'two', 'one']);
    await expect(refreshed()).rejects.toBe(refusal);
    expect(asked).toHaveLength(2);
  });

  it('tells any other failure as it is', async () => {
    const { asked, noted, refreshed } = switching({ one: outage, two: 'taken' }, ['one', 'two']);
    await expect(refreshed()).rejects.toBe(outage);
    expect([asked.length, noted.length]).toEqual([1, 0]);
  });
});
