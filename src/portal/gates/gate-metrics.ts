import { Counter, Gauge, type Registry } from 'prom-client';
import type { BundleHub } from './bundle-hub.ts';
import type { GateDirectory } from './gate-directory.ts';

/** Adds what there is to watch of gates to the metrics of the process. */
export function measureGates(register: Registry, hub: BundleHub, directory: GateDirectory): void {
  const registers = [register];
  const live: Gauge = new Gauge({
    name: 'gatehouse_gates',
    help: 'Gates that are enrolled',
    registers,
    collect: () => live.set(directory.size),
  });
  const waiting: Gauge = new Gauge({
    name: 'gatehouse_gates_waiting',
    help: 'Gates that wait for a change at this instance',
    registers,
    collect: () => waiting.set(hub.waiting),
  });
  const delivered: Counter = new Counter({
    name: 'gatehouse_bundles_delivered_total',
    help: 'Bundles that this instance has given to gates',
    registers,
    collect: () => {
      delivered.reset();
      delivered.inc(hub.delivered);
    },
  });
}
