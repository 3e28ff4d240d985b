import { z } from 'zod';

import { eventDataFaults } from '../../project/event-data-faults.ts';
import type { ApiDeps } from '../deps.ts';
import { countAppended } from '../events/appended-counter.ts';
import { maximumEvents, readArrivedEvents } from '../events/arrived-events.ts';
import { batchType, structuredType } from '../events/content-mode.ts';
import { eventPageQuerySchema, toEventFilter } from '../events/event-query.ts';
import {
  appendedEventsSchema,
  cloudEventSchema,
  eventPageSchema,
  eventTypesSchema,
} from '../events/event-resource.ts';
import { logOf } from '../events/log-of.ts';
import { refusal } from '../events/refusal.ts';
import { defineRoute, type Route } from '../route.ts';

const attribute = z.string().optional().meta({ description: 'In binary mode, percent-encoded' });

const description =
  'CloudEvents 1.0 over HTTP: one event as a whole (structured mode), several (batch mode), or one whose data is the body, of ' +
  'any type, with its attributes in `ce-` headers (binary mode). All of them are appended, or none. The same source and id ' +
  `is the same event: sent again, it is known and nothing is written. At most ${maximumEvents} events.`;

/** The door to the event log. */
export function eventRoutes(deps: ApiDeps): readonly Route[] {
  const count = countAppended(deps.registry, deps.project.events);
  return [
    defineRoute({
      method: 'post',
      path: '/v1/events',
      tag: 'Events',
      summary: 'Append events to the log',
      description,
      headers: z.object({
        'ce-specversion': attribute,
        'ce-id': attribute,
        'ce-source': attribute,
        'ce-type': attribute,
        'ce-subject': attribute,
        'ce-time': attribute,
        'ce-dataschema': attribute,
      }),
      contents: {
        [structuredType]: cloudEventSchema,
        [batchType]: z.array(cloudEventSchema).max(maximumEvents),
        '*/*': z.string().meta({ format: 'binary', description: 'Binary mode: the data' }),
      },
      answers: {
        201: { description: 'At least one event is new', schema: appendedEventsSchema },
        200: { description: 'All of them were known', schema: appendedEventsSchema },
      },
      problems: ['invalid-event', 'database-unavailable', 'event-log-off'],
      handle: async ({ raw }) => {
        const log = logOf(deps);
        const arrived = readArrivedEvents({ headers: raw.headers, body: raw.body as Uint8Array });
        const faults = arrived.flatMap(({ event, dataAt }) =>
          eventDataFaults(deps.project.events, event, dataAt),
        );
        if (faults.length > 0) throw refusal('invalid-event', faults);
        const events = arrived.map(({ event }) => event);
        const appended = await log.append(events);
        const isNew = (index: number): boolean => appended[index]?.isKnown === false;
        events.filter((_, index) => isNew(index)).forEach(count);
        return {
          status: appended.some(({ isKnown }) => !isKnown) ? 201 : 200,
          body: {
            events: appended.map(({ position, isKnown }, index) => ({
              source: events[index]?.source,
              id: events[index]?.id,
              position,
              known: isKnown,
            })),
          },
        };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/v1/events',
      tag: 'Events',
      summary: 'Events in the order in which they were kept',
      description:
        'From the beginning of the log, behind a position (`after`), or from a time on (`since`). Go on with `next` as `after`.',
      query: eventPageQuerySchema,
      answers: { 200: { description: 'Some of them', schema: eventPageSchema } },
      problems: ['database-unavailable', 'event-log-off'],
      handle: async ({ query }) => {
        const log = logOf(deps);
        const { since, after = 0, limit } = query;
        const from = since === undefined ? after : await log.positionBefore(new Date(since));
        return { status: 200, body: await log.read({ after: from, filter: toEventFilter(query), limit }) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/v1/event-types',
      tag: 'Events',
      summary: 'The types of events that the project declares',
      answers: { 200: { description: 'All of them', schema: eventTypesSchema } },
      problems: [],
      handle: () => ({ status: 200, body: { types: Object.values(deps.project.events.types) } }),
    }),
  ];
}
