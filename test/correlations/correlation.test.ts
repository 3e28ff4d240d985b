import { describe, expect, it } from 'vitest';

import { viewCorrelation } from '../../src/correlations/correlation.ts';
import type { Material } from '../../src/correlations/material.ts';
import { event, run, second } from './material.ts';

const rules = [
  { name: 'stock', after: 'order.placed', where: {}, expect: ['stock.reserved'], within: 5_000 },
  { name: 'loyalty', after: 'order.placed', where: {}, expect: ['points.given'], within: 60_000 },
];
const view = (material: Partial<Material>) =>
  viewCorrelation(
    '4711',
    { events: [], runs: [], deliveries: [], ...material },
    { rules, now: Date.parse(second(20)) },
  );

describe('a correlation', () => {
  it('is empty where nothing carries the key', () => {
    expect(view({})).toEqual({
      key: '4711',
      timeline: [],
      nodes: [],
      edges: [],
      expectations: [],
      deliveries: [],
    });
  });

  it('has one timeline of events and runs', () => {
    const { timeline } = view({
      events: [
        event(1, 'order.placed'),
        { ...event(4, ''), event: { specversion: '1.0', id: 'x', source: '/shop', type: 'order.paid' } },
      ],
      runs: [
        run('late', { startedAt: second(4), closedAt: second(4), status: 'completed' }),
        run('first', { startedAt: second(0) }),
      ],
    });
    expect(timeline.map(({ kind, node }) => `${kind} ${node}`)).toEqual([
      'run-started run:first',
      'event event:1',
      'event event:4',
      'run-started run:late',
      'run-ended run:late',
    ]);
    expect(timeline[1]).toEqual({
      ...{ at: second(1), kind: 'event', node: 'event:1', position: 1, id: 'order.placed' },
      ...{ source: '/shop', type: 'order.placed', subject: '4711' },
    });
    expect(timeline[2]).toMatchObject({ subject: null });
    expect(timeline[4]).toEqual({
      ...{ at: second(4), kind: 'run-ended', node: 'run:late' },
      ...{ run: 'late', process: 'ship-order', status: 'completed' },
    });
  });

  it('shows who made each event and which process each run is of, with what is still expected', () => {
    const { nodes } = view({
      events: [event(1, 'order.placed'), event(2, 'points.given', { source: '/loyalty' })],
      runs: [run('r', { process: 'ship order', status: 'stuck' })],
    });
    const at = (seconds: number) => ({ at: second(seconds) });
    expect(nodes).toEqual([
      {
        ...{ id: 'event:1', kind: 'event', title: 'order.placed', source: '/shop', status: 'overdue' },
        ...{ ...at(1), position: 1, run: null },
      },
      {
        ...{ id: 'event:2', kind: 'event', title: 'points.given', source: '/loyalty', status: null },
        ...{ ...at(2), position: 2, run: null },
      },
      {
        ...{ id: 'run:r', kind: 'run', title: 'ship order', source: '/baton/processes/ship%20order' },
        ...{ status: 'stuck', ...at(0), position: null, run: 'r' },
      },
    ]);
  });
});
