import type { RunStatus } from '../core/run-state.ts';
import type { Expectation } from './expectations.ts';
import type { CorrelatedEvent, CorrelatedRun, Material } from './material.ts';

/**
 * What is not well with an event; of several the one that comes first here is told. `parked`: some subscription gave it up and
 * waits for a person; `overdue`, `awaited`: a reaction to it; `retrying`: some subscription tries again.
 */
export const eventStatuses = ['parked', 'overdue', 'retrying', 'awaited'] as const;

type EventStatus = (typeof eventStatuses)[number];

/** One event or one run. */
export interface CorrelationNode {
  readonly id: string;
  readonly kind: 'event' | 'run';
  /** An event's type, a run's process. */
  readonly title: string;
  /** Who made it: an event's `source`; a run's is that of the events it emits. */
  readonly source: string;
  /** A run's; of an event, what holds it up, or what is still expected after it. */
  readonly status: RunStatus | EventStatus | null;
  readonly at: string;
  /** Of an event. */
  readonly position: number | null;
  /** Of a run: its id. */
  readonly run: string | null;
}

export const eventNode = ({ position }: Pick<CorrelatedEvent, 'position'>): string => `event:${position}`;
export const runNode = ({ id }: Pick<CorrelatedRun, 'id'>): string => `run:${id}`;

/** The source of what a run emits. */
export function runSource({ process }: Pick<CorrelatedRun, 'process'>): string {
  return `/baton/processes/${encodeURIComponent(process)}`;
}

export function toNodes(
  { events, runs, deliveries }: Material,
  expectations: readonly Expectation[],
): readonly CorrelationNode[] {
  const said = new Map<number, Set<EventStatus>>();
  const say = (position: number, status: EventStatus): void => {
    said.set(position, (said.get(position) ?? new Set()).add(status));
  };
  for (const { position, state } of deliveries) if (state !== 'waiting') say(position, state);
  for (const { event, status } of expectations) if (status !== 'met') say(event, status);
  return [
    ...events.map((one): CorrelationNode => ({
      id: eventNode(one),
      kind: 'event',
      title: one.event.type,
      source: one.event.source,
      status: eventStatuses.find((status) => said.get(one.position)?.has(status)) ?? null,
      at: one.recordedAt,
      position: one.position,
      run: null,
    })),
    ...runs.map((run): CorrelationNode => ({
      id: runNode(run),
      kind: 'run',
      title: run.process,
      source: runSource(run),
      status: run.status,
      at: run.startedAt,
      position: null,
      run: run.id,
    })),
  ];
}
