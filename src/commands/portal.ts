import { startPortal } from '../portal/main.ts';
import { closeOnSignal } from './lifetime.ts';

/** `gatehouse portal`: the portal by itself, configured by GATEHOUSE_* variables. */
export async function runPortal(): Promise<void> {
  const starting = startPortal({ env: process.env });
  closeOnSignal(() => starting.then((portal) => portal.close()));
  const portal = await starting;
  console.log(`Gatehouse portal: ${portal.origin}`);
  if (portal.recoveryLink !== null) {
    console.log(
      `\nNobody can sign in yet. Open this link within 15 minutes to set up sign-in; it works once:\n${portal.recoveryLink}\n` +
        'Another one: gatehouse recover',
    );
  }
}
