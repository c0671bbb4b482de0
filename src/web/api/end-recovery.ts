import { closeRecoverySession } from '../../contract/recovery.ts';
import { call } from './call.ts';
import { leaveRecovery } from './session.ts';

/** Ends the recovery session at the server and here. Without an answer it still ends here, and there by time. */
export async function endRecovery(): Promise<void> {
  try {
    await call(closeRecoverySession);
  } finally {
    leaveRecovery();
  }
}
