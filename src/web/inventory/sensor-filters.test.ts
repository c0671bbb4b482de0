import { describe, expect, it } from 'vitest';
import { filtersFrom, isFiltered, queryOf, withFilter, withPage } from './sensor-filters.ts';

const site = '6f1c8a52-3b1e-4c3d-9d0e-2a7b51c0f9ee';
const setting = '0b1e6f52-6a0e-4a3c-8a55-9c2f3d1b7e40';

describe('filtersFrom', () => {
  it('reads an address', () => {
    const filters = filtersFrom(
      new URLSearchParams({
        site,
        setting,
        health: 'Healthy',
        sso: 'off',
        delivery: 'failed',
        search: 'line',
        after: 'x',
      }),
    );
    expect(filters).toEqual({
      siteId: site,
      settingId: setting,
      health: 'Healthy',
      sso: 'off',
      delivery: 'failed',
      search: 'line',
      after: 'x',
    });
  });

  it('ignores what makes no sense', () => {
    const filters = filtersFrom(
      new URLSearchParams({ site: "1' or 1", setting: '-', sso: 'maybe', delivery: 'lost' }),
    );
    expect(isFiltered(filters)).toBe(false);
    expect(queryOf(filters)).toEqual({ limit: 100 });
  });

  it('cuts what the API would refuse', () => {
    const filters = filtersFrom(new URLSearchParams({ search: 'x'.repeat(500) }));
    expect(filters.search).toHaveLength(200);
  });
});

describe('withFilter', () => {
  it('begins at the first page again', () => {
    const next = withFilter(new URLSearchParams({ after: 'x', sso: 'on' }), 'health', 'Outdated');
    expect(next.toString()).toBe('sso=on&health=Outdated');
  });

  it('takes an empty filter out of the address', () => {
    expect(withFilter(new URLSearchParams({ sso: 'on' }), 'sso', '').toString()).toBe('');
  });
});

describe('withPage', () => {
  it('keeps the filters', () => {
    const next = withPage(new URLSearchParams({ sso: 'on' }), 'cursor');
    expect(next.toString()).toBe('sso=on&after=cursor');
    expect(withPage(next, '').toString()).toBe('sso=on');
  });
});

describe('queryOf', () => {
  it('asks with what is filtered by', () => {
    expect(queryOf(filtersFrom(new URLSearchParams({ setting })))).toEqual({
      settingId: setting,
      limit: 100,
    });
    const filters = filtersFrom(new URLSearchParams({ search: ' line ', sso: 'unsupported' }));
    expect(queryOf(filters)).toEqual({ search: 'line', sso: 'unsupported', limit: 100 });
    expect(queryOf(filtersFrom(new URLSearchParams({ delivery: 'notEnrolled' })))).toEqual({
      delivery: 'notEnrolled',
      limit: 100,
    });
  });
});
