import { join } from 'node:path';
import { writeWhole } from './data-directory.ts';
import type { Account } from './postgres-account.ts';
import type { Cluster } from './postgres-cluster.ts';
import { chown } from 'node:fs/promises';

/**
 * Small, durable, and reachable through its socket only. Written before each start, so that a new
 * program brings its own settings; what an operator adds with ALTER SYSTEM still wins.
 */
function settings(socketFolder: string): Record<string, string> {
  return {
    listen_addresses: '',
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
    password_encryption: 'scram-sha-256',
    max_connections: '50',
    // The portal and its database share 250 MB.
    shared_buffers: '32MB',
    work_mem: '4MB',
    maintenance_work_mem: '32MB',
    effective_cache_size: '256MB',
    huge_pages: 'off',
    jit: 'off',
    io_method: 'sync',
    max_parallel_workers_per_gather: '0',
    max_worker_processes: '4',
    autovacuum_max_workers: '1',
    max_wal_senders: '0',
    wal_level: 'minimal',
    min_wal_size: '32MB',
    max_wal_size: '256MB',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    // Statements may carry what must not stand in a log.
    log_min_error_statement: 'panic',
    log_statement: 'none',
    log_parameter_max_length_on_error: '0',
  };
}

/** Writes the server's settings, and who may connect: nobody without the password. */
export async function writeSettings(
  cluster: Cluster,
  socketFolder: string,
  account: Account | undefined,
): Promise<void> {
  const lines = Object.entries(settings(socketFolder)).map(
    ([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`,
  );
  const files = { 'postgresql.conf': lines, 'pg_hba.conf': ['local all all scram-sha-256'] };
  for (const [name, content] of Object.entries(files)) {
    const path = join(cluster.data, name);
    await writeWhole(path, `# Written by Gatehouse at each start.\n${content.join('\n')}\n`, 0o600);
    if (account) await chown(path, account.uid, account.gid);
  }
}
