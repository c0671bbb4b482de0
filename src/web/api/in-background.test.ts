import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { inBackground, isInBackground } from './in-background.ts';

function observed(failures: number) {
  const asked: boolean[] = [];
  const queries = new QueryClient({
    defaultOptions: { queries: { networkMode: 'always', retry: failures, retryDelay: 0 } },
  });
  const query = new QueryObserver(queries, {
    queryKey: ['answer'],
    queryFn: async ({ signal }) => {
      asked.push(isInBackground(signal));
      await Promise.resolve();
      if (asked.length <= failures) throw new Error('away');
      return asked.length;
    },
  });
  return { asked, query };
}

async function beginInBackground(query: { refetch(): Promise<unknown> }): Promise<void> {
  let done: Promise<unknown> = Promise.resolve();
  inBackground(() => {
    done = query.refetch();
  });
  await done;
}

describe('isInBackground', () => {
  it('holds for what an interval asks, and for nothing else', async () => {
    const { asked, query } = observed(0);
    await query.refetch();
    await beginInBackground(query);
    await query.refetch();
    expect(asked).toEqual([false, true, false]);
  });

  it('holds for each try', async () => {
    const { asked, query } = observed(2);
    await beginInBackground(query);
    expect(asked).toEqual([true, true, true]);
  });

  it('ends also where the beginning fails', async () => {
    const { asked, query } = observed(0);
    const fails = () =>
      inBackground(() => {
        throw new Error('odd');
      });
    expect(fails).toThrow('odd');
    await query.refetch();
    expect(asked).toEqual([false]);
  });
});
