import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../storage/database.ts';
import type { TestGate } from '../../testing/gate-client.ts';
import { startGatesPortal, type GatesPortal } from '../../testing/gates-portal.ts';
import { createGateDirectory, type GateDirectoryKeeper } from './gate-directory.ts';
import { readGateState } from './gate-state.ts';
import { createProgressExchange } from './write-progress.ts';

let portal: GatesPortal;
let elsewhere: Database;
let gate: TestGate;
let now = Date.now();
const clock = () => new Date(now);
const numbers: number[] = [];

interface Instance {
  readonly directory: GateDirectoryKeeper;
  readonly exchange: () => Promise<void>;
}
async function instance(database: Pick<Database, 'db'>): Promise<Instance> {
  const directory = createGateDirectory(clock, (held) => numbers.push(held));
  directory.put((await readGateState(database.db)).gates);
  return { directory, exchange: createProgressExchange(database.db, directory, clock) };
}

let one: Instance;
let two: Instance;
beforeAll(async () => {
  portal = await startGatesPortal();
  gate = await portal.enrol('ANT-TF-01');
  elsewhere = await openDatabase({ url: portal.database.url, dataDir: '/nonexistent' });
  one = await instance(portal.database);
  two = await instance(elsewhere);
});
afterAll(async () => {
  await elsewhere.close();
  await portal.close();
});

describe('what gates tell an instance', () => {
  it('reaches the others through the database', async () => {
    expect(one.directory.byId(gate.gateId)).toMatchObject({ lastSeenAt: null, appliedTag: null });
    one.directory.seen(gate.gateId);
    one.directory.holds(gate.gateId, 'tag-1', 7);
    await one.exchange();
    await two.exchange();
    const told = { lastSeenAt: now, appliedTag: 'tag-1', appliedNumber: 7, appliedAt: now };
    expect(two.directory.ofSensor(gate.sensorId)).toMatchObject(told);
    expect(one.directory.ofSensor(gate.sensorId)).toMatchObject(told);
    expect(numbers).toEqual([7]);
  });

  it('is kept with the number and the time of the first word of it', async () => {
    const first = now;
    now += 60_000;
    two.directory.seen(gate.gateId);
    two.directory.holds(gate.gateId, 'tag-1', null);
    await two.exchange();
    await one.exchange();
    expect(one.directory.byId(gate.gateId)).toMatchObject({
      lastSeenAt: now,
      appliedTag: 'tag-1',
      appliedNumber: 7,
      appliedAt: first,
    });
  });

  it('isn’t overwritten by what is older', async () => {
    now += 60_000;
    one.directory.seen(gate.gateId);
    one.directory.holds(gate.gateId, 'tag-2', 8);
    now += 1_000;
    two.directory.seen(gate.gateId);
    two.directory.holds(gate.gateId, 'tag-3', 9);
    await two.exchange();
    await one.exchange();
    await two.exchange();
    await one.exchange();
    for (const { directory } of [one, two]) {
      expect(directory.byId(gate.gateId)).toMatchObject({ appliedTag: 'tag-3', appliedNumber: 9 });
    }
  });

  it('waits while the database is away', async () => {
    now += 60_000;
    two.directory.seen(gate.gateId);
    const away = createProgressExchange(
      { execute: () => Promise.reject(new Error('away')) } as unknown as Database['db'],
      two.directory,
      clock,
    );
    await expect(away()).rejects.toThrow('away');
    await two.exchange();
    await one.exchange();
    expect(one.directory.byId(gate.gateId)?.lastSeenAt).toBe(now);
  });

  it('is dropped with the gate', async () => {
    one.directory.put([]);
    one.directory.seen(gate.gateId);
    one.directory.holds(gate.gateId, 'tag-4', 10);
    one.directory.failed(gate.gateId, null);
    expect([...one.directory.all(), one.directory.size]).toEqual([0]);
    expect(one.directory.takeUnwritten()).toEqual([]);
  });
});

describe('what a gate couldn’t apply', () => {
  it('stands until it is told otherwise, and isn’t undone by an older row', async () => {
    const failure = { tag: 'tag-5', code: 'bundle_invalid', detail: 'It isn’t signed.' };
    const moment = two.directory.moment();
    two.directory.failed(gate.gateId, failure);
    const row = (await readGateState(elsewhere.db)).gates.filter(({ id }) => id === gate.gateId);
    two.directory.merge(row, moment);
    expect(two.directory.byId(gate.gateId)).toMatchObject({ failure, failedAt: now });
    two.directory.failed(gate.gateId, null);
    expect(two.directory.byId(gate.gateId)).toMatchObject({ failure: null, failedAt: null });
  });
});
