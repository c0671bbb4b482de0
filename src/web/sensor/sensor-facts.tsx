import { timeAndDistance } from './time.ts';
import { useGate, useNow } from './use-stores.ts';

/** The sensor, and where what decides here comes from. */
export function SensorFacts() {
  const { status } = useGate();
  const now = useNow();
  if (status === null) return null;
  const { sensor, portal, bundleExpiresAt, bundleIssuedAt } = status;
  const facts = [
    ...(sensor === null
      ? []
      : [
          ['Site', sensor.siteName] as const,
          ['Zone', sensor.zoneName] as const,
          ['Subscription', sensor.subscriptionName] as const,
          ['Software', sensor.version] as const,
        ]),
    ['Portal', portal.reachable ? `${hostOf(portal.url)}, connected` : hostOf(portal.url)] as const,
    ...timed('Settings from', bundleIssuedAt ?? null, now),
    ...timed('Valid until', bundleExpiresAt, now),
  ];
  return (
    <section className="outside-card" aria-labelledby="this-sensor">
      <h2 id="this-sensor">This sensor</h2>
      <dl className="outside-facts sensor-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="sensor-soft">
        The portal renews the settings all the time. Cut off from it, this gate goes on by the last
        ones until they expire.
      </p>
    </section>
  );
}

function timed(name: string, at: string | null, now: number): (readonly [string, string])[] {
  if (at === null) return [];
  return [[name, timeAndDistance(Date.parse(at), now)]];
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
