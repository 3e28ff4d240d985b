import { Gauge } from 'prom-client';
import { z } from 'zod';

import type { ApiDeps } from '../deps.ts';
import { runIdSchema } from '../identifiers.ts';
import { streamRun } from '../live/run-stream.ts';
import { RunWatches } from '../live/run-watches.ts';
import { defineRoute, type Route } from '../route.ts';

/** Watching runs. */
export function streamRoutes(deps: ApiDeps): readonly Route[] {
  const watches = new RunWatches(deps.watchRunView);
  measureWatches(watches, deps);
  const linkBase = { uiUrl: deps.uiUrl, namespace: deps.client.options.namespace };
  return [
    defineRoute({
      method: 'get',
      path: '/v1/runs/{id}/stream',
      tag: 'Runs',
      summary: 'A run, live, as Server-Sent Events',
      description:
        'First a `snapshot`: the run as GET /v1/runs/{id} answers it. Then a `change` for whatever is new: the fields ' +
        'that changed, and in `steps` each step that changed or began, whole. `problem` says why the run cannot be ' +
        'seen for the moment; a snapshot follows it. `end` comes last, when the run has ended. A connection that closes without it is to be ' +
        'opened again; it begins with a new snapshot.',
      params: z.strictObject({ id: runIdSchema }),
      answers: {
        200: { description: 'Events until the run has ended', mediaType: 'text/event-stream' },
      },
      problems: ['run-not-found', 'temporal-unavailable'],
      handle: async ({ params: { id }, signal }) => {
        const sightings = watches.watch(id, signal);
        const first = await sightings.next();
        if (first.done !== true && 'away' in first.value) {
          await sightings.return();
          throw first.value.away;
        }
        return {
          status: 200,
          // Without the last one, nginx would gather the events.
          headers: { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' },
          body: streamRun({ sightings, first, linkBase, signal }),
        };
      },
    }),
  ];
}

function measureWatches(watches: RunWatches, { registry }: ApiDeps): void {
  const gauge = (name: string, help: string, count: 'runs' | 'watchers'): Gauge =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect(): void {
        this.set(watches.counts[count]);
      },
    });
  gauge(
    'baton_watched_runs',
    'Runs that are being watched live; each costs one long poll at Temporal',
    'runs',
  );
  gauge('baton_run_watchers', 'Connections that watch a run live', 'watchers');
}
