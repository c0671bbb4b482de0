import { Button } from '@fluentui/react-components';
import { useSearchParams } from 'react-router-dom';
import { listSensors } from '../../contract/inventory.ts';
import { useEndpoint } from '../api/hooks.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Loading } from '../ui/loading.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { useInventoryStyles } from './inventory-styles.ts';
import { SensorFilterBar } from './sensor-filter-bar.tsx';
import { filtersFrom, isFiltered, queryOf, withFilter, withPage } from './sensor-filters.ts';
import { SensorsTable } from './sensors-table.tsx';
import { SettingFilter } from './setting-filter.tsx';

/** Sensors where one has a role. What the list shows stands in the address. */
export function SensorsPage() {
  const styles = useInventoryStyles();
  const [address, setAddress] = useSearchParams();
  const filters = filtersFrom(address);
  const answer = useEndpoint(listSensors, { query: queryOf(filters) });
  const toPage = (after: string) => setAddress(withPage(address, after));
  return (
    <Page title="Sensors">
      <div className={styles.stack}>
        <SensorFilterBar filters={filters} address={address} onChange={setAddress} />
        {filters.settingId === '' ? null : (
          <SettingFilter
            settingId={filters.settingId}
            onRemove={() => setAddress(withFilter(address, 'settingId', ''))}
          />
        )}
        {answer.isPending ? <Loading what="sensors" /> : null}
        {answer.error === null ? null : (
          <ProblemNotice error={answer.error} onRetry={() => void answer.refetch()} />
        )}
        {answer.data === undefined ? null : answer.data.sensors.length === 0 ? (
          <NoSensors
            filtered={isFiltered(filters) || filters.after !== ''}
            onClear={() => setAddress(new URLSearchParams())}
          />
        ) : (
          <>
            <SensorsTable sensors={answer.data.sensors} />
            <div className={styles.row}>
              <output>
                {`${answer.data.sensors.length} of ${answer.data.total} sensor${answer.data.total === 1 ? '' : 's'}`}
              </output>
              {filters.after === '' ? null : <Button onClick={() => toPage('')}>First page</Button>}
              {answer.data.next === null ? null : (
                <Button onClick={() => toPage(answer.data.next ?? '')}>Next page</Button>
              )}
            </div>
          </>
        )}
      </div>
    </Page>
  );
}

function NoSensors({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  if (!filtered) {
    return (
      <EmptyState title="No sensors yet">
        Sensors appear here when the inventory has been imported and you have a role at their site.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No sensor matches"
      action={<Button onClick={onClear}>Clear all filters</Button>}
    >
      Try a shorter name, or take a filter away.
    </EmptyState>
  );
}
