import type { RunStatus } from '../core/run-state.ts';
import type { Material } from './material.ts';
import { eventNode, runNode } from './nodes.ts';

/** Something that happened. `node` is the node of the graph that it belongs to. */
export type TimelineEntry =
  | {
      readonly at: string;
      readonly kind: 'event';
      readonly node: string;
      readonly position: number;
      readonly id: string;
      readonly source: string;
      readonly type: string;
      readonly subject: string | null;
    }
  | {
      readonly at: string;
      readonly kind: 'run-started' | 'run-ended';
      readonly node: string;
      readonly run: string;
      readonly process: string;
      readonly status: RunStatus;
    };

/**
 * Events and runs in one order of time. Of what has the same time, events come in the order of the log, a run's start
 * after them, and its end last.
 */
export function toTimeline({ events, runs }: Material): readonly TimelineEntry[] {
  const of = ({ id, process, status }: Material['runs'][number]) =>
    ({ node: runNode({ id }), run: id, process, status }) as const;
  const entries: readonly TimelineEntry[] = [
    ...events.map(({ position, recordedAt, event: { id, source, type, subject = null } }) => ({
      ...{ at: recordedAt, kind: 'event' as const, node: eventNode({ position }) },
      ...{ position, id, source, type, subject },
    })),
    ...runs.map((run) => ({ at: run.startedAt, kind: 'run-started' as const, ...of(run) })),
    ...runs.flatMap((run) =>
      run.closedAt === null ? [] : [{ at: run.closedAt, kind: 'run-ended' as const, ...of(run) }],
    ),
  ];
  return entries.toSorted((left, right) => Date.parse(left.at) - Date.parse(right.at));
}
