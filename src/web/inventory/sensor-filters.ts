import { deliveryStates, type DeliveryState } from '../../domain/delivery.ts';

/** What the list of sensors shows: kept in the address, so that it can be sent and gone back to. */
export interface SensorFilters {
  readonly siteId: string;
  /** The setting that is effective there. */
  readonly settingId: string;
  readonly health: string;
  readonly sso: '' | 'on' | 'off' | 'unsupported';
  readonly delivery: '' | DeliveryState;
  readonly search: string;
  /** Where the page begins: `next` of the page before. */
  readonly after: string;
}

export type FilterName = Exclude<keyof SensorFilters, 'after'>;

const addressNames = {
  siteId: 'site',
  settingId: 'setting',
  health: 'health',
  sso: 'sso',
  delivery: 'delivery',
  search: 'search',
  after: 'after',
} as const satisfies Record<keyof SensorFilters, string>;

const ssoValues = ['on', 'off', 'unsupported'] as const;

/** Filters of an address; what it doesn't have, or what makes no sense, is no filter. */
export function filtersFrom(address: URLSearchParams): SensorFilters {
  const text = (name: keyof SensorFilters, most: number) =>
    (address.get(addressNames[name]) ?? '').slice(0, most);
  const id = (name: 'siteId' | 'settingId') =>
    /^[0-9a-f-]{36}$/iu.test(text(name, 36)) ? text(name, 36) : '';
  const sso = text('sso', 20);
  const delivery = text('delivery', 20);
  return {
    siteId: id('siteId'),
    settingId: id('settingId'),
    health: text('health', 100),
    sso: ssoValues.find((value) => value === sso) ?? '',
    delivery: deliveryStates.find((value) => value === delivery) ?? '',
    search: text('search', 200),
    after: text('after', 600),
  };
}

/** The address with one filter changed; it begins at the first page again. */
export function withFilter(
  address: URLSearchParams,
  name: FilterName,
  value: string,
): URLSearchParams {
  const next = new URLSearchParams(address);
  next.delete(addressNames.after);
  if (value === '') next.delete(addressNames[name]);
  else next.set(addressNames[name], value);
  return next;
}

/** The address of another page of the same list; '' is the first. */
export function withPage(address: URLSearchParams, after: string): URLSearchParams {
  const next = new URLSearchParams(address);
  if (after === '') next.delete(addressNames.after);
  else next.set(addressNames.after, after);
  return next;
}

/** The query that the API is asked with: only what is filtered by. */
export function queryOf(filters: SensorFilters) {
  return {
    ...(filters.siteId === '' ? {} : { siteId: filters.siteId }),
    ...(filters.settingId === '' ? {} : { settingId: filters.settingId }),
    ...(filters.health === '' ? {} : { health: filters.health }),
    ...(filters.sso === '' ? {} : { sso: filters.sso }),
    ...(filters.delivery === '' ? {} : { delivery: filters.delivery }),
    ...(filters.search.trim() === '' ? {} : { search: filters.search.trim() }),
    ...(filters.after === '' ? {} : { after: filters.after }),
    limit: 100,
  };
}

export function isFiltered(filters: SensorFilters): boolean {
  const { after: _, ...narrowing } = filters;
  return Object.values(narrowing).some((value) => value !== '');
}
