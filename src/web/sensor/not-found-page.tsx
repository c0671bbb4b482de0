import { OutsidePage } from '../outside/outside-page.tsx';
import { sensorPaths } from '../paths.ts';

/** An address of the gate’s own at which there is nothing. */
export function NotFoundPage() {
  return (
    <OutsidePage title="There is no such page">
      <p>
        Nothing is at this address. It may be mistyped, or what was here has been removed.
        Everything of the sensor’s console is at its own address, without <code>/_gatehouse/</code>.
      </p>
      <div className="outside-actions">
        <a className="outside-primary" href={sensorPaths.overview()}>
          Go to Overview
        </a>
      </div>
    </OutsidePage>
  );
}
