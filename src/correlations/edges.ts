import { causeOf } from './cause-of.ts';
import type { CorrelatedEvent, CorrelatedRun, Material } from './material.ts';
import { eventNode, runNode } from './nodes.ts';

/** `caused`: an event by an event; `emitted`: an event by a run; `started`: a run by an event. Both ends are nodes. */
export interface CorrelationEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: 'caused' | 'emitted' | 'started';
}

/** What came of what, as events and runs say themselves. A cause that is not in the picture is passed over. */
export function toEdges({ events, runs }: Material): readonly CorrelationEdge[] {
  const started = runs.flatMap((run) => {
    const cause = startOf(run, events);
    return cause === null ? [] : [{ run, cause }];
  });
  return [
    ...started.map(({ run, cause }) => edge(eventNode(cause), runNode(run), 'started')),
    ...events.flatMap((event) => {
      const run = runs.find(({ id }) => id === event.event['runid']);
      const cause = causeOf(event, events);
      // What a run emits names the event that started the run; the way from there leads through the run.
      const isThroughRun = started.some((start) => start.run === run && start.cause === cause);
      return [
        ...(run === undefined ? [] : [edge(runNode(run), eventNode(event), 'emitted')]),
        ...(cause === null || isThroughRun ? [] : [edge(eventNode(cause), eventNode(event), 'caused')]),
      ];
    }),
  ];
}

function startOf({ startEvent }: CorrelatedRun, events: readonly CorrelatedEvent[]): CorrelatedEvent | null {
  if (startEvent === null) return null;
  const { id, source } = startEvent;
  return events.find(({ event }) => event.id === id && event.source === source) ?? null;
}

function edge(from: string, to: string, kind: CorrelationEdge['kind']): CorrelationEdge {
  return { from, to, kind };
}
