import { Gauge } from 'prom-client';
import { z } from 'zod';

import type { EventLog } from '../../events/event-log.ts';
import type { ApiDeps } from '../deps.ts';
import { eventQuerySchema, positionSchema, toEventFilter } from '../events/event-query.ts';
import { streamEvents } from '../events/event-stream.ts';
import { logOf } from '../events/log-of.ts';
import { defineRoute, type Route } from '../route.ts';

const description =
  'An `event` for each event, as it is kept: {position, recordedAt, event}, with its position as id. It begins with what ' +
  'comes from now on, or behind `after`, or at `since`; a browser that lost its connection goes on by its ' +
  '`Last-Event-ID`, which counts before both. `problem` says that PostgreSQL is away for the moment; once it is back ' +
  'the stream goes on where it was. It never ends by itself.';

/** Following the event log. */
export function eventStreamRoutes(deps: ApiDeps): readonly Route[] {
  const readers = new Gauge({
    name: 'baton_event_readers',
    help: 'Connections that follow the event log',
    registers: [deps.registry],
  });
  return [
    defineRoute({
      method: 'get',
      path: '/v1/events/stream',
      tag: 'Events',
      summary: 'Events as they are kept, as Server-Sent Events',
      description,
      query: eventQuerySchema,
      headers: z.object({ 'Last-Event-ID': positionSchema.optional() }),
      answers: { 200: { description: 'Events as they come', mediaType: 'text/event-stream' } },
      problems: ['database-unavailable', 'event-log-off'],
      handle: async ({ query, headers, signal }) => {
        const log = logOf(deps);
        const after = headers['Last-Event-ID'] ?? query.after ?? (await beginningOf(log, query.since));
        return {
          status: 200,
          // Without the last one, nginx would gather the events.
          headers: { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' },
          body: counted(readers, streamEvents({ log, after, filter: toEventFilter(query), signal })),
        };
      },
    }),
  ];
}

async function beginningOf(log: EventLog, since: string | undefined): Promise<number> {
  return since === undefined ? log.head() : log.positionBefore(new Date(since));
}

async function* counted(gauge: Gauge, pieces: AsyncGenerator<string, void>): AsyncGenerator<string, void> {
  gauge.inc();
  try {
    yield* pieces;
  } finally {
    gauge.dec();
  }
}
