import { getDelivery } from '../../contract/gates.ts';
import { useEndpoint } from '../api/hooks.ts';
import { deliveryShares } from '../ui/delivery-shares.ts';
import { PageLink } from '../ui/links.tsx';
import { Fact } from '../ui/facts.tsx';
import { useInventoryStyles } from './inventory-styles.ts';

/** How far delivery to the gates of a site has come: each state leads to its sensors. */
export function SiteDelivery({ siteId }: { readonly siteId: string }) {
  const styles = useInventoryStyles();
  const { data, error } = useEndpoint(getDelivery, { query: { siteId } });
  return (
    <Fact term="Delivery to gates">
      {error === null ? null : <span className={styles.muted}>Not known at the moment</span>}
      {data === undefined
        ? null
        : deliveryShares(data.states, { siteId }).map(({ label, count, to }) => (
            <div key={label}>
              {to === undefined || count === 0 ? label : <PageLink to={to}>{label}</PageLink>}
              {`: ${count}`}
            </div>
          ))}
    </Fact>
  );
}
