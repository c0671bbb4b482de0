import { join } from 'node:path';
import { createEnrolment, gateSensors, type GateSensor } from '../demo/gates.ts';
import type { PortalApi } from '../demo/portal-api.ts';
import { startSampleConsole } from '../demo/sample-console.ts';
import { readGateConfig } from '../gate/config.ts';
import { enrolGate } from '../gate/enrol.ts';
import { findIdentity } from '../gate/identity.ts';
import { startGate } from '../gate/main.ts';
import { createPortalTransport } from '../gate/portal-transport.ts';
import { createDispatcher } from '../gate/proxy.ts';
import type { Config } from '../portal/config.ts';

/** A gate of the demo before its sample console. */
export interface DemoGate {
  readonly sensorName: string;
  readonly origin: string;
  /** Which setting counts there, in words. */
  readonly rule: string;
  close(): Promise<void>;
}

/** Those that have never been enrolled. */
export async function unenrolledGates({ dataDir }: Config): Promise<GateSensor[]> {
  const found = await Promise.all(
    gateSensors.map((sensor) => findIdentity(folderOf(dataDir, sensor))),
  );
  return gateSensors.filter((_sensor, index) => found[index] === null);
}

/** Enrols them as on a sensor's shell: with a one-time token, which the portal is asked for. */
export async function enrolDemoGates(
  api: PortalApi,
  { port, dataDir }: Config,
  sensors: readonly GateSensor[],
): Promise<void> {
  // Everything is on this machine: no proxy lies between.
  const dispatcher = createDispatcher({ httpProxy: null, httpsProxy: null, noProxy: '' });
  try {
    for (const sensor of sensors) {
      const enrolment = await createEnrolment(api, sensor.name);
      // An inventory of somebody's own has other sensors.
      if (enrolment === null) continue;
      const { portalUrl, fingerprint, token } = enrolment;
      await enrolGate({
        dataDir: folderOf(dataDir, sensor),
        portalUrl,
        fingerprint,
        token,
        publicUrl: gateOrigin(port, sensor),
        replace: true,
        transport: createPortalTransport(portalUrl, dispatcher, Date.now),
        now: Date.now,
      });
    }
  } finally {
    await dispatcher.close();
  }
}

/** Starts those that are enrolled, each before a sample console of its own. */
export async function startDemoGates({ port, dataDir, logLevel }: Config): Promise<DemoGate[]> {
  const started: DemoGate[] = [];
  try {
    for (const sensor of gateSensors) {
      const folder = folderOf(dataDir, sensor);
      if ((await findIdentity(folder)) === null) continue;
      const sample = await startSampleConsole(sensor.name);
      const config = readGateConfig({
        GATEHOUSE_GATE_UPSTREAM: sample.origin,
        GATEHOUSE_GATE_PORT: String(port + sensor.portOffset),
        GATEHOUSE_GATE_PUBLIC_URL: gateOrigin(port, sensor),
        GATEHOUSE_GATE_DATA_DIR: folder,
        GATEHOUSE_GATE_LOG_LEVEL: logLevel,
      });
      const gate = await startGate({ config }).catch(async (error: unknown) => {
        await sample.close();
        throw error;
      });
      started.push({
        sensorName: sensor.name,
        origin: gate.origin,
        rule: sensor.rule,
        async close() {
          await gate.close();
          await sample.close();
        },
      });
    }
    return started;
  } catch (error) {
    for (const each of started) await each.close();
    throw error;
  }
}

/** Where people open the console of a sensor. */
export function gateOrigin(port: number, { portOffset }: GateSensor): string {
  return `http://localhost:${port + portOffset}`;
}

function folderOf(dataDir: string, { name }: GateSensor): string {
  return join(dataDir, 'gates', name);
}
