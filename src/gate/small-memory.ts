import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8's young generation as small as it begins: a gate has little that lives long, and a sensor
 * little memory. Under load it stays below 95 MB resident instead of growing to 125. For a process
 * that is a gate alone; call it before anything else.
 */
export function keepMemorySmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
