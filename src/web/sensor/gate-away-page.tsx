import { useState } from 'react';
import { OutsidePage } from '../outside/outside-page.tsx';
import { look } from './gate-session.ts';

/** The page came from the gate, or from this browser's memory, but the gate itself doesn't answer. */
export function GateAwayPage() {
  const [busy, setBusy] = useState(false);
  const again = () => {
    setBusy(true);
    void look('person').finally(() => setBusy(false));
  };
  return (
    <OutsidePage title="The gate doesn’t answer" focusTitle>
      <p role="alert">
        This sensor’s gate can’t be reached, so nobody can say whether you are signed in. The page
        tries again every few seconds and goes on by itself.
      </p>
      <h2>Who can mend it</h2>
      <p>
        Check your connection to the sensor. If it is all right, whoever runs the sensor has to look
        at its gate.
      </p>
      <div className="outside-actions">
        <button type="button" className="outside-secondary" disabled={busy} onClick={again}>
          Try again now
        </button>
      </div>
    </OutsidePage>
  );
}
