import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

import { Agent } from 'undici';

import { type CloudEvent, toCloudEvent } from '../../../../src/core/cloud-event.ts';
import { matchesFilter } from '../../../../src/core/event-filter.ts';
import { createHttpDelivery } from '../../../../src/events/subscriptions/deliver-http.ts';
import type { Subscription } from '../../../../src/events/subscriptions/subscription.ts';

/** A delivery that only a person can help. */
interface Parked {
  readonly subscription: string;
  readonly type: string;
  readonly status: number | undefined;
}

/** The event log and its deliverers, in memory: as much of Baton as choreographed services see. */
export interface EventHub {
  /** What the services have for BATON_API. */
  readonly url: string;
  /** All of the log, oldest first. */
  readonly events: readonly CloudEvent[];
  readonly parked: readonly Parked[];
  /** While it is set, the door is closed. */
  isAway: boolean;
  /** Types of events that the door refuses. */
  readonly refused: Set<string>;
  /** How often each event is delivered. */
  repeats: number;
  append(event: CloudEvent): void;
  /** Delivers what fits the subscription, in order for each subject, signed where there is a key. */
  subscribe(subscription: Subscription, sink: { readonly url: string; readonly key?: string }): void;
  /** How many deliveries are under way or wait, and how much has happened so far. */
  progress(): { readonly open: number; readonly steps: number };
  close(): Promise<void>;
}

export async function openEventHub(): Promise<EventHub> {
  const events: CloudEvent[] = [];
  const parked: Parked[] = [];
  const dispatcher = new Agent();
  const stopping = new AbortController();
  const sinks: ((event: CloudEvent, position: number) => void)[] = [];
  let open = 0;
  let ended = 0;

  const append = (event: CloudEvent): void => {
    if (events.some(({ source, id }) => source === event.source && id === event.id)) return;
    events.push(event);
    for (const sink of sinks) sink(event, events.length);
  };

  const take = (sent: readonly unknown[], response: ServerResponse): void => {
    if (hub.isAway) {
      response.writeHead(503).end();
      return;
    }
    const checked = sent.map((value) => toCloudEvent(value).event);
    const isRefused = checked.some((event) => event === null || hub.refused.has(event.type));
    if (isRefused) {
      response.writeHead(422).end('{"code":"invalid-event"}');
      return;
    }
    for (const event of checked) if (event !== null) append(event);
    response.writeHead(201).end('{}');
  };
  const server = createServer((request, response) => {
    void json(request).then((sent) => {
      take(sent as readonly unknown[], response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const hub: EventHub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    events,
    parked,
    isAway: false,
    refused: new Set(),
    repeats: 1,
    append,
    subscribe: ({ name, filter }, { url, key }) => {
      const signature = key === undefined ? null : { id: name, secret: key };
      const deliver = createHttpDelivery({ url, timeout: 5_000, headers: {}, signature, dispatcher });
      const lanes = new Map<string, Promise<void>>();
      const handOver = async (event: CloudEvent, position: number): Promise<void> => {
        const recorded = { position, recordedAt: new Date().toISOString(), event };
        for (let left = hub.repeats; left > 0 && !stopping.signal.aborted;) {
          const outcome = await deliver(recorded, { attempt: 1, signal: stopping.signal });
          if (outcome.kind === 'delivered') left -= 1;
          else if (!outcome.isFinal) await sleep(20);
          else {
            parked.push({ subscription: name, type: event.type, status: outcome.error.status });
            return;
          }
        }
      };
      sinks.push((event, position) => {
        if (!matchesFilter(filter, event)) return;
        open += 1;
        const before = lanes.get(event.subject ?? '') ?? Promise.resolve();
        const delivery = before
          .then(() => handOver(event, position))
          .catch((error: unknown) => {
            if (!stopping.signal.aborted) throw error;
          })
          .finally(() => {
            open -= 1;
            ended += 1;
          });
        lanes.set(event.subject ?? '', delivery);
      });
    },
    progress: () => ({ open, steps: events.length + ended }),
    close: async () => {
      stopping.abort();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await dispatcher.close();
    },
  };
  return hub;
}
