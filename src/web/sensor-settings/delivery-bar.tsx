import { makeStyles, ProgressBar, Text, tokens } from '@fluentui/react-components';
import type { Delivery } from '../../contract/gates.ts';
import { deliveryList, type DeliveryScope } from '../ui/delivery-shares.ts';
import { PageLink } from '../ui/links.tsx';
import { apartText, deliveryProgress } from './delivery-progress.ts';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    paddingBlock: tokens.spacingVerticalS,
  },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalM,
    fontVariantNumeric: 'tabular-nums',
  },
  apart: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalM,
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
});

interface DeliveryBarProps {
  readonly delivery: Delivery;
  /** Which sensors were counted: the lists are narrowed to them. */
  readonly scope: DeliveryScope;
}

/** How many sensors have applied what is in force, and which can't. The bar is for the eye. */
export function DeliveryBar({ delivery, scope }: DeliveryBarProps) {
  const styles = useStyles();
  const progress = deliveryProgress(delivery);
  if (progress.total === 0) return <Text>No sensor is reached, so nothing is delivered.</Text>;
  return (
    // In a notice its changes aren't said one by one: the page says how it ended.
    <div className={styles.root} aria-live="off">
      <ProgressBar
        aria-hidden
        max={progress.total}
        value={progress.applied}
        color={progress.settled && progress.apart.length === 0 ? 'success' : 'brand'}
        thickness="large"
      />
      <div className={styles.line}>
        <Text weight="semibold">{progress.text}</Text>
        <Text>{progress.outlook}</Text>
      </div>
      {progress.apart.length === 0 ? null : (
        <ul className={styles.apart} aria-label="Sensors that can’t have it at the moment">
          {progress.apart.map(({ state, count }) => (
            <li key={state}>
              <PageLink to={deliveryList(state, scope)}>{apartText(state, count)}</PageLink>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
