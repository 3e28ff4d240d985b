import { describe, expect, it } from 'vitest';

import { toEdges } from '../../src/correlations/edges.ts';
import type { Material } from '../../src/correlations/material.ts';
import { event, run } from './material.ts';

const edgesOf = (material: Partial<Material>): string[] =>
  toEdges({ events: [], runs: [], deliveries: [], ...material }).map(
    ({ from, to, kind }) => `${from} ${kind} ${to}`,
  );

const startedBy = (position: number, id: string, source = '/shop') => ({
  startEvent: { id, source, position },
});

/** Of what the run itself tells. */
const byRun = { runid: 'r', source: '/baton/processes/ship-order' };

describe('the edges of a correlation', () => {
  it('lead from an event to those that name it as their cause', () => {
    const events = [
      event(1, 'order.placed'),
      event(2, 'stock.reserved', { causationid: 'order.placed' }),
      event(3, 'notice.sent', { causationid: 'order.placed' }),
    ];
    expect(edgesOf({ events })).toEqual(['event:1 caused event:2', 'event:1 caused event:3']);
  });

  it('lead through a run that an event started to what the run emitted', () => {
    const events = [
      event(1, 'order.paid'),
      event(2, 'order.shipped', { ...byRun, causationid: 'order.paid' }),
    ];
    expect(edgesOf({ events, runs: [run('r', startedBy(1, 'order.paid'))] })).toEqual([
      'event:1 started run:r',
      'run:r emitted event:2',
    ]);
  });

  it('lead from a run to what services tell of that they did for it, past what the run itself told before', () => {
    const events = [
      event(1, 'order.placed', byRun),
      event(2, 'stock.reserved', { runid: 'r', causationid: 'order.placed' }),
    ];
    expect(edgesOf({ events, runs: [run('r')] })).toEqual(['run:r emitted event:1', 'run:r caused event:2']);
  });

  it('have both, a run and a cause, where what was emitted answers another event than the first', () => {
    const events = [
      event(1, 'order.paid'),
      event(2, 'address.changed'),
      event(3, 'label.printed', { ...byRun, causationid: 'address.changed' }),
    ];
    expect(edgesOf({ events, runs: [run('r', startedBy(1, 'order.paid'))] })).toEqual([
      'event:1 started run:r',
      'run:r emitted event:3',
      'event:2 caused event:3',
    ]);
  });

  it('lead from the cause itself while the run is not seen', () => {
    const events = [
      event(1, 'order.paid'),
      event(2, 'order.shipped', { ...byRun, causationid: 'order.paid' }),
    ];
    expect(edgesOf({ events })).toEqual(['event:1 caused event:2']);
  });

  it.each([
    ['the latest before it where several have its id', [1, 2, 4], 'event:2 caused event:3'],
    ['the first after it where none was before', [5, 4], 'event:4 caused event:3'],
  ])('take for the cause %s', (_name, positions, edge) => {
    const causes = positions.map((position) => event(position, 'cause', { source: `/${position}` }));
    const events = [...causes, event(3, 'effect', { causationid: 'cause' })];
    expect(edgesOf({ events: events.toSorted((a, b) => a.position - b.position) })).toEqual([edge]);
  });

  it('do without causes that are unknown, no text, or the event itself', () => {
    const events = [
      event(1, 'a', { causationid: 'never seen', runid: 'gone' }),
      event(2, 'b', { causationid: 7, runid: 7 }),
      event(3, 'c', { causationid: 'c' }),
    ];
    expect(edgesOf({ events, runs: [run('r', startedBy(9, 'a', '/other'))] })).toEqual([]);
  });

  it('stand a circle', () => {
    const events = [event(1, 'a', { causationid: 'b' }), event(2, 'b', { causationid: 'a' })];
    expect(edgesOf({ events })).toEqual(['event:2 caused event:1', 'event:1 caused event:2']);
  });
});
