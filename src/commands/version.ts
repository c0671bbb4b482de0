import { portalVersion } from '../portal/version.ts';

/** `gatehouse version`: Gatehouse's and that of what runs it. */
export async function version(): Promise<void> {
  console.log(`Gatehouse ${portalVersion}, Node ${process.versions.node}`);
}
