import { pino, type Logger } from 'pino';
import { watchTlsFiles, type TlsFiles } from '../server/tls-files.ts';
import { systemCode } from '../server/whole-file.ts';
import { createGate, type Gate } from './app.ts';
import { gateTransportNames, type GateConfig } from './config.ts';
import { openContext, type OpenContext } from './context.ts';
import { lockFolder } from './folder-lock.ts';
import { GateError } from './gate-error.ts';
import { requireIdentity } from './identity.ts';
import { preparePrivateFolder } from './private-folder.ts';
import { createDispatcher } from './proxy.ts';

export interface StartGateOptions {
  readonly config: GateConfig;
  /** Absent: JSON lines on the standard output. */
  readonly log?: Logger;
  /** The folder of the built page; absent: where the build puts it. */
  readonly pageFolder?: URL;
}

export interface RunningGate {
  /** Where people open the console. */
  readonly origin: string;
  readonly gateId: string;
  /** As the bundle in force has it; at first, as it was at the enrolment. */
  readonly sensorName: () => string;
  close(): Promise<void>;
}

/**
 * Starts the gate of a folder that was enrolled: it listens whether its portal answers or not. Throws
 * GateError with what is wrong and what to do.
 */
export async function startGate(options: StartGateOptions): Promise<RunningGate> {
  const { config, log = pino({ level: config.logLevel }) } = options;
  await preparePrivateFolder(config.dataDir);
  const identity = await requireIdentity(config.dataDir);
  const origin = config.publicUrl ?? identity.publicUrl;
  const unlock = await lockFolder(config.dataDir);
  const dispatcher = createDispatcher(config.proxy);
  const undo: (() => unknown)[] = [unlock, () => dispatcher.close()];
  try {
    const tls = await openTls(config, origin, log);
    if (tls !== null) undo.push(() => tls.close());
    const context = await openContext({
      config,
      identity,
      origin,
      dispatcher,
      log,
      certificateExpiresAt: () => tls?.certificateExpiresAt() ?? null,
    });
    undo.push(() => context.close());
    const gate = await createGate({
      context,
      upstream: config.upstream,
      publicUrl: origin,
      trustedProxies: config.trustedProxies,
      tls,
      assertions: config.assertions,
      headers: config.headers,
      dataDir: config.dataDir,
      logger: log,
      ...(options.pageFolder === undefined ? {} : { pageFolder: options.pageFolder }),
    });
    // First, so that what happens until the end is still recorded.
    undo.push(() => gate.close());
    await listen(gate, context, config);
    let closing: Promise<void> | undefined;
    return {
      origin,
      gateId: identity.gateId,
      sensorName: () => context.inForce().bundle?.sensor.name ?? identity.sensorName,
      close: () => (closing ??= undoAll(undo)),
    };
  } catch (error) {
    await undoAll(undo);
    throw error;
  }
}

async function listen(gate: Gate, context: OpenContext, config: GateConfig): Promise<void> {
  const { host, port } = config;
  try {
    await gate.listen({ host, port });
  } catch (error) {
    throw inWords(error, host, port);
  }
  context.start();
}

async function undoAll(undo: readonly (() => unknown)[]): Promise<void> {
  for (const each of undo.toReversed()) await each();
}

async function openTls(config: GateConfig, origin: string, log: Logger): Promise<TlsFiles | null> {
  if (config.tls === null) return null;
  const { hostname } = new URL(origin);
  return watchTlsFiles({ ...config.tls, variables: gateTransportNames, hostname, log });
}

function inWords(error: unknown, host: string, port: number): unknown {
  const place = `${host}:${port}`;
  const code = systemCode(error);
  const options = { cause: error };
  if (code === 'EADDRINUSE') {
    return new GateError(
      'port_taken',
      `Something else already listens on ${place}. Stop it, or set GATEHOUSE_GATE_PORT to another port.`,
      options,
    );
  }
  if (code === 'EACCES') {
    return new GateError(
      'port_forbidden',
      `This account may not listen on ${place}. Set GATEHOUSE_GATE_PORT to a port above 1023.`,
      options,
    );
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new GateError(
      'no_such_address',
      `This machine has no address ${host}. Set GATEHOUSE_GATE_HOST to one that it has, such as 127.0.0.1.`,
      options,
    );
  }
  return error;
}
