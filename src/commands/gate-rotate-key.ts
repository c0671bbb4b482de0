import { createPortalTransport } from '../gate/portal-transport.ts';
import { createDispatcher } from '../gate/proxy.ts';
import { rotateGateKey } from '../gate/rotate-key.ts';
import { readGateFolder } from './gate-folder.ts';
import { finishDespiteSignals } from './lifetime.ts';

/** `gatehouse gate rotate-key`: another key for this gate, whether it runs or not. */
export async function rotateKey(args: readonly string[]): Promise<void> {
  const { config, identity } = await readGateFolder(args);
  finishDespiteSignals();
  const dispatcher = createDispatcher(config.proxy);
  try {
    const fingerprint = await rotateGateKey({
      dataDir: config.dataDir,
      identity,
      transport: createPortalTransport(identity.portalUrl, dispatcher, Date.now),
      now: Date.now,
    });
    console.log(`The gate of ${identity.sensorName} has another key: ${fingerprint}`);
  } finally {
    await dispatcher.close();
  }
}
