import { startPortal } from '../portal/main.ts';
import { runUntilSignal } from './lifetime.ts';

/** `gatehouse portal`: the portal by itself, configured by GATEHOUSE_* variables. */
export function runPortal(): Promise<void> {
  return runUntilSignal(
    () => startPortal({ env: process.env }),
    ({ origin, recoveryLink }) => {
      console.log(`Gatehouse portal: ${origin}`);
      if (recoveryLink === null) return;
      console.log(
        `\nNobody can sign in yet. Open this link within 15 minutes to set up sign-in; it works once:\n${recoveryLink}\n` +
          'Another one: gatehouse recover',
      );
    },
  );
}
