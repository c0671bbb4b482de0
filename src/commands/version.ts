import { gatehouseVersion } from '../server/version.ts';

/** `gatehouse version`: Gatehouse's and that of what runs it. */
export async function version(): Promise<void> {
  console.log(`Gatehouse ${gatehouseVersion}, Node ${process.versions.node}`);
}
