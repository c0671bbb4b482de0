import { readGateConfig } from '../gate/config.ts';
import { startGate } from '../gate/main.ts';
import { useProxyEverywhere } from '../gate/proxy.ts';
import { runUntilSignal } from './lifetime.ts';

/** `gatehouse gate run`: the gate, until SIGTERM or Ctrl-C. */
export async function runGate(args: readonly string[]): Promise<void> {
  const config = readGateConfig(process.env, args);
  useProxyEverywhere(config.proxy);
  await runUntilSignal(
    () => startGate({ config }),
    ({ origin, sensorName }) => {
      console.log(
        config.upstream === null
          ? `Gate of ${sensorName()}: ${origin}   (forward auth at /_gatehouse/auth)`
          : `Gate of ${sensorName()}: ${origin}   before ${config.upstream}`,
      );
    },
  );
}
