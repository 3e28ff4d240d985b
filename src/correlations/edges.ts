import { causeOf } from './cause-of.ts';
import type { CorrelatedEvent, CorrelatedRun, Material } from './material.ts';
import { eventNode, runNode, runSource } from './nodes.ts';

/**
 * `started`: a run by an event; `emitted`: an event by a run; `caused`: an event by another one, or by a run that had a service
 * do what it tells of. Both ends are nodes.
 */
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
      // What a run brings about names the event that the run acts upon, one that started it or that it emitted itself; the way
      // from there leads through the run.
      const isThroughRun =
        started.some((start) => start.run === run && start.cause === cause) ||
        (run !== undefined && cause?.event['runid'] === run.id);
      return [
        ...(run === undefined
          ? []
          : [edge(runNode(run), eventNode(event), isOwn(event, run) ? 'emitted' : 'caused')]),
        ...(cause === null || isThroughRun ? [] : [edge(eventNode(cause), eventNode(event), 'caused')]),
      ];
    }),
  ];
}

/** Whether the run told of it itself. */
function isOwn({ event }: CorrelatedEvent, run: CorrelatedRun): boolean {
  return event.source === runSource(run);
}

function startOf({ startEvent }: CorrelatedRun, events: readonly CorrelatedEvent[]): CorrelatedEvent | null {
  if (startEvent === null) return null;
  const { id, source } = startEvent;
  return events.find(({ event }) => event.id === id && event.source === source) ?? null;
}

function edge(from: string, to: string, kind: CorrelationEdge['kind']): CorrelationEdge {
  return { from, to, kind };
}
