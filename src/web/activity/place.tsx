import type { SignIn } from '../../contract/activity.ts';
import { paths } from '../paths.ts';
import { PageLink } from '../ui/links.tsx';

/** Where somebody signed in: the portal itself, or a sensor's console. */
export function Place({ sensor }: { sensor: SignIn['sensor'] }) {
  if (sensor === null) return 'Portal';
  return <PageLink to={paths.sensor({ sensorId: sensor.id })}>{sensor.name}</PageLink>;
}
