import { Field, makeStyles, SearchBox, Select, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { listSites } from '../../contract/inventory.ts';
import { getOverview } from '../../contract/overview.ts';
import { deliveryLabels, deliveryStates } from '../../domain/delivery.ts';
import { useEndpoint } from '../api/hooks.ts';
import { withFilter, type FilterName, type SensorFilters } from './sensor-filters.ts';

/** Health values of the export; those of one's own sensors are added when they are known. */
const knownHealth = ['Healthy', 'Disconnected', 'Outdated', 'Unsupported', 'Pending activation'];

const typingPause = 300;

const useStyles = makeStyles({
  bar: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 180px), 1fr))',
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    maxWidth: '960px',
  },
  // The input inside would keep its own least width, and reach over what is beside it.
  search: {
    maxWidth: 'none',
    width: '100%',
    minWidth: 0,
    boxSizing: 'border-box',
    '& input': { minWidth: 0, width: '100%' },
  },
});

interface SensorFilterBarProps {
  readonly filters: SensorFilters;
  readonly address: URLSearchParams;
  readonly onChange: (address: URLSearchParams, options?: { replace: boolean }) => void;
}

export function SensorFilterBar({ filters, address, onChange }: SensorFilterBarProps) {
  const styles = useStyles();
  const sites = useEndpoint(listSites).data?.sites ?? [];
  const seen = useEndpoint(getOverview).data?.sensorsByHealth.map((one) => one.health) ?? [];
  const health = new Set([...knownHealth, ...seen, filters.health].filter((one) => one !== ''));
  const set = (name: FilterName, value: string) => onChange(withFilter(address, name, value));
  return (
    <search className={styles.bar} aria-label="Filter sensors">
      <SearchField
        className={styles.search}
        value={filters.search}
        onChange={(value) => onChange(withFilter(address, 'search', value), { replace: true })}
      />
      <Field label="Site">
        <Select value={filters.siteId} onChange={(_, data) => set('siteId', data.value)}>
          <option value="">All sites</option>
          {sites.map((site) => (
            <option key={site.id} value={site.id}>
              {site.name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Sensor health">
        <Select value={filters.health} onChange={(_, data) => set('health', data.value)}>
          <option value="">Any health</option>
          {[...health].map((one) => (
            <option key={one}>{one}</option>
          ))}
        </Select>
      </Field>
      <Field label="SSO">
        <Select value={filters.sso} onChange={(_, data) => set('sso', data.value)}>
          <option value="">Any</option>
          <option value="on">On</option>
          <option value="off">Off</option>
          <option value="unsupported">Unsupported</option>
        </Select>
      </Field>
      <Field label="Gate">
        <Select value={filters.delivery} onChange={(_, data) => set('delivery', data.value)}>
          <option value="">Any</option>
          {deliveryStates.map((state) => (
            <option key={state} value={state}>
              {deliveryLabels[state]}
            </option>
          ))}
        </Select>
      </Field>
    </search>
  );
}

interface SearchFieldProps {
  readonly className: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Asks when typing pauses, not for every letter. */
function SearchField({ className, value, onChange }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const [shown, setShown] = useState(value);
  if (value !== shown) {
    setShown(value);
    // What is being typed stays, with its trailing blank; only another address replaces it.
    if (value !== text.trim()) setText(value);
  }
  useEffect(() => {
    if (text.trim() === value) return undefined;
    const timer = setTimeout(() => onChange(text.trim()), typingPause);
    return () => clearTimeout(timer);
  });
  return (
    <Field label="Sensor name">
      <SearchBox
        className={className}
        value={text}
        placeholder="Part of a name"
        onChange={(_, data) => setText(data.value)}
      />
    </Field>
  );
}
