import { publicUrl } from './bare-portal.ts';
import { enrolGate, sendTo, type TestGate, type TestGateOptions } from './gate-client.ts';
import { importRows, readSites, sampleRows, type Sites } from './sample-inventory.ts';
import { portalGroups, startTestPortal, type Api, type TestPortal } from './test-portal.ts';

/** A test portal with an inventory, for gates to enrol at. */
export interface GatesPortal extends TestPortal {
  readonly admin: Api;
  readonly sites: Sites;
  readonly options: TestGateOptions;
  /** Enrols a gate for the sensor of this name, in place of the one that is there. */
  readonly enrol: (sensor: string, replaces?: TestGate) => Promise<TestGate>;
}

export async function startGatesPortal(): Promise<GatesPortal> {
  const portal = await startTestPortal();
  const admin = await portal.as(portalGroups.admin);
  await importRows(admin, sampleRows);
  const sites = await readSites(admin);
  const options = { send: sendTo(portal.app), portalUrl: publicUrl };
  return {
    ...portal,
    admin,
    sites,
    options,
    enrol: (sensor, replaces) =>
      enrolGate(options, admin, sites.sensor(sensor).id, replaces?.gateId ?? null),
  };
}
