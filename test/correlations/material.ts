import type { CloudEvent } from '../../src/core/cloud-event.ts';
import type { CorrelatedEvent, CorrelatedRun } from '../../src/correlations/material.ts';

/** The moment so many seconds after the first event of every case. */
export function second(seconds: number): string {
  return new Date(Date.parse('2026-03-12T10:00:00.000Z') + seconds * 1_000).toISOString();
}

/** An event that was kept in the second of its position; its id is its type unless another one is given. */
export function event(position: number, type: string, is: Partial<CloudEvent> = {}): CorrelatedEvent {
  return {
    position,
    recordedAt: second(position),
    event: { specversion: '1.0', source: '/shop', id: type, subject: '4711', ...is, type },
  };
}

export function run(id: string, is: Partial<CorrelatedRun> = {}): CorrelatedRun {
  return {
    ...{ id, process: 'ship-order', status: 'running', startedAt: second(0), closedAt: null },
    startEvent: null,
    ...is,
  };
}
