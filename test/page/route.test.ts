import { describe, expect, it } from 'vitest';

import { type PageRoute, readRoute, writeQuery, writeRoute } from '../../src/page/route.ts';

describe('the address of a view', () => {
  it.each<[string, Exclude<PageRoute, { view: 'nowhere' }>]>([
    ['#/', { view: 'processes' }],
    ['#/runs', { view: 'runs', filter: {} }],
    ['#/runs?process=a+b&status=stuck', { view: 'runs', filter: { process: 'a b', status: 'stuck' } }],
    ['#/runs/a%2Fb%3Fc', { view: 'run', id: 'a/b?c' }],
    ['#/correlations/case%204711%2F1', { view: 'correlation', key: 'case 4711/1' }],
    ['#/subscriptions', { view: 'subscriptions' }],
    ['#/subscriptions/loyalty.v2', { view: 'subscription', name: 'loyalty.v2' }],
    ['#/processes/order/start', { view: 'start', process: 'order', from: null }],
    ['#/processes/order/start?from=r-1', { view: 'start', process: 'order', from: 'r-1' }],
  ])('%s', (hash, route) => {
    expect(readRoute(hash)).toEqual(route);
    expect(writeRoute(route)).toBe(hash);
  });

  it('is that of the processes where there is none', () => {
    expect(readRoute('')).toEqual({ view: 'processes' });
  });

  it.each([
    '#/nowhere',
    '#/runs/a/b',
    '#/processes/order',
    '#/correlations',
    '#/correlations/a/b',
    '#/subscriptions/a/b',
  ])('is nowhere: %s', (hash) => {
    expect(readRoute(hash)).toMatchObject({ view: 'nowhere' });
  });

  it('stands what was cut off', () => {
    expect(readRoute('#/runs/%E0%A4')).toEqual({ view: 'run', id: '%E0%A4' });
  });

  it('leaves out of a query what is empty', () => {
    expect(writeQuery({ a: '', b: undefined, c: 'ä&' })).toBe('?c=%C3%A4%26');
    expect(writeQuery({})).toBe('');
  });
});
