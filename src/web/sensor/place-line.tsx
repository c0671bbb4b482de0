import type { Place } from '../outside/explained-refusal.ts';

/** Where a sensor is: site, then zone. */
export function PlaceLine({ place }: { place: Place }) {
  return (
    <p className="sensor-place">
      <span>
        <span className="sensor-label">Site</span> {place.siteName}
      </span>
      <span>
        <span className="sensor-label">Zone</span> {place.zoneName}
      </span>
    </p>
  );
}
