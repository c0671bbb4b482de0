import { createHash, randomUUID } from 'node:crypto';
import type { TestDatabase } from './test-database.ts';

type Pool = TestDatabase['pool'];

/** Puts an enrolled gate of a sensor into the database, as an enrolment would. Answers its id. */
export async function enrolledGate(pool: Pool, sensorId: string): Promise<string> {
  const id = randomUUID();
  const x = createHash('sha256').update(id).digest('base64url');
  const key = { kty: 'OKP', crv: 'Ed25519', x, kid: x };
  const by = { kind: 'system', name: 'Test', tenantId: null, objectId: null };
  await pool.query(
    `insert into gates (id, sensor_id, public_key, origin, software, enrolled_by)
     values ($1, $2, $3, 'https://console.example', '1.0.0', $4)`,
    [id, sensorId, key, by],
  );
  await gatesChanged(pool);
  return id;
}

export interface SessionRow {
  readonly gateId: string;
  readonly sensorId: string;
  readonly tenantId: string;
  readonly objectId: string;
  readonly name?: string;
  readonly openedAt?: Date;
}

/** Puts an open session at a gate into the database. Answers its id. */
export async function openGateSession(pool: Pool, session: SessionRow): Promise<string> {
  const id = randomUUID();
  const { gateId, sensorId, tenantId, objectId, name = 'Ada Byron' } = session;
  await pool.query(
    `insert into gate_sessions (id, gate_id, sensor_id, tenant_id, object_id, name, role, opened_at)
     values ($1, $2, $3, $4, $5, $6, 'readOnly', $7)`,
    [id, gateId, sensorId, tenantId, objectId, name, session.openedAt ?? new Date()],
  );
  return id;
}

async function gatesChanged(pool: Pool): Promise<void> {
  await pool.query("update state_revisions set value = value + 1 where name = 'gates'");
  await pool.query("select pg_notify('gatehouse', 'gates')");
}
