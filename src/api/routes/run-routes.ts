import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { z } from 'zod';

import type { ApiDeps } from '../deps.ts';
import { runIdSchema } from '../identifiers.ts';
import { listRuns } from '../list-runs.ts';
import { defineRoute, type Route } from '../route.ts';
import { runFilterSchema } from '../run-filter.ts';
import { toRunQuery } from '../run-query.ts';
import { runListSchema, runSchema, toRunResource } from '../run-resource.ts';

const params = z.strictObject({ id: runIdSchema });

/** Looking at runs. None of it needs a worker. */
export function runRoutes(deps: ApiDeps): readonly Route[] {
  const { client, taskQueue } = deps;
  const linkBase = { uiUrl: deps.uiUrl, namespace: client.options.namespace };
  return [
    defineRoute({
      method: 'get',
      path: '/v1/runs',
      tag: 'Runs',
      summary: 'Runs: those that are open first, each part newest first',
      description:
        'Read from Temporal’s visibility, where a run appears a moment after its start. A failed run that went on by a retry ' +
        'keeps the startedAt of its first start, and startedAfter means that; in the order of the list it stands where ' +
        'it went on. A page may have fewer runs than pageSize; only a nextPageToken of null says that it is the last.',
      query: runFilterSchema.extend({
        pageSize: z.coerce.number().int().min(1).max(100).default(20),
        pageToken: z.string().min(1).max(4000).optional(),
      }),
      answers: { 200: { description: 'One page', schema: runListSchema } },
      problems: ['temporal-unavailable'],
      handle: async ({ query }) => {
        const { pageSize, pageToken, ...filter } = query;
        const page = { size: pageSize, token: pageToken, linkBase };
        return { status: 200, body: await listRuns(client, toRunQuery({ taskQueue, ...filter }), page) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/v1/runs/{id}',
      tag: 'Runs',
      summary: 'One run with its steps',
      params,
      answers: { 200: { description: 'The run', schema: runSchema } },
      problems: ['run-not-found', 'temporal-unavailable'],
      handle: async ({ params: { id } }) => {
        const view = await deps.loadRunView(id);
        return { status: 200, body: toRunResource(linkBase, view) };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/v1/runs/{id}/history',
      tag: 'Runs',
      summary: 'Temporal’s history of a run, fit for replay tests',
      params,
      answers: {
        200: {
          description: 'The history as proto3 JSON, as Temporal’s own tools export it',
          schema: z.object({
            events: z.array(z.looseObject({ eventId: z.string(), eventType: z.string() })),
          }),
        },
      },
      problems: ['run-not-found', 'temporal-unavailable'],
      handle: async ({ params: { id } }) => {
        const events = await deps.readHistory(id);
        return {
          status: 200,
          headers: { 'Content-Type': 'application/json' },
          body: historyToJSON({ events: [...events] }),
        };
      },
    }),
  ];
}
