import { z } from 'zod';

import { BatonError } from '../../core/errors.ts';
import { findReadModel, listReadModels } from '../../events/read-models/find-read-model.ts';
import { listRows, readRow } from '../../events/read-models/read-rows.ts';
import { rebuildReadModel } from '../../events/read-models/rebuild-read-model.ts';
import type { ApiDeps } from '../deps.ts';
import { logOf } from '../events/log-of.ts';
import {
  readModelSchema,
  rowPageSchema,
  rowSchema,
  toReadModelResource,
} from '../read-models/read-model-resource.ts';
import {
  rowKeySchema,
  rowListQuerySchema,
  rowQuerySchema,
  toRowListQuery,
} from '../read-models/row-query.ts';
import { defineRoute, type Route } from '../route.ts';

const name = z.string().max(200).meta({ example: 'orders' });
const params = z.strictObject({ name });
const reading = ['read-model-building', 'read-model-behind'] as const;
const general = ['read-model-not-found', 'database-unavailable', 'event-log-off'] as const;

/** Looking at read models, and having them built anew. None of it runs code of the project. */
export function readModelRoutes(deps: ApiDeps): readonly Route[] {
  return [...modelRoutes(deps), ...rowRoutes(deps)];
}

function modelRoutes(deps: ApiDeps): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/v1/read-models',
      tag: 'Read models',
      summary: 'All read models, and how far they are',
      answers: {
        200: {
          description: 'By name',
          schema: z.object({ readModels: z.array(readModelSchema) }).meta({ id: 'ReadModelList' }),
        },
      },
      problems: ['database-unavailable', 'event-log-off'],
      handle: async () => {
        const readModels = await listReadModels(logOf(deps).database);
        return { status: 200, body: { readModels: readModels.map(toReadModelResource) } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/v1/read-models/{name}',
      tag: 'Read models',
      summary: 'One read model, and how far it is',
      params,
      answers: { 200: { description: 'The read model', schema: readModelSchema } },
      problems: general,
      handle: async ({ params: { name: readModel } }) => ({
        status: 200,
        body: toReadModelResource(await findReadModel(logOf(deps).database, readModel)),
      }),
    }),
    defineRoute({
      method: 'post',
      path: '/v1/read-models/{name}/rebuild',
      tag: 'Read models',
      summary: 'Build a read model anew',
      description:
        'From the first event of the log on, into a table of its own. What can be read stays and is kept up meanwhile; the new table ' +
        'takes its place once it has come as far.',
      params,
      body: z.strictObject({}).optional(),
      answers: { 202: { description: 'A deliverer begins with it', schema: readModelSchema } },
      problems: [...general, 'read-model-rebuilding'],
      handle: async ({ params: { name: readModel } }) => {
        const { database } = logOf(deps);
        await rebuildReadModel(database, readModel);
        return {
          status: 202,
          body: toReadModelResource(await findReadModel(database, readModel)),
        };
      },
    }),
  ];
}

function rowRoutes(deps: ApiDeps): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/v1/read-models/{name}/rows',
      tag: 'Read models',
      summary: 'Rows of a read model, by key',
      description:
        'All of them, or those with a value in members that the model has indexes of, such as `?status=shipped`. Which those are, ' +
        'the read model says.',
      params,
      query: rowListQuerySchema,
      answers: { 200: { description: 'Some of them', schema: rowPageSchema } },
      problems: [...general, ...reading],
      handle: async ({ params: { name: readModel }, query, signal }) => {
        const wanted = toRowListQuery(query);
        const { rows, position } = await listRows(logOf(deps).database, { readModel, signal, ...wanted });
        const next = rows.length < wanted.limit ? null : (rows.at(-1)?.key ?? null);
        return { status: 200, body: { rows, position, next } };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/v1/read-models/{name}/rows/{key}',
      tag: 'Read models',
      summary: 'One row of a read model',
      params: params.extend({ key: rowKeySchema }),
      query: rowQuerySchema,
      answers: { 200: { description: 'The row', schema: rowSchema } },
      problems: [...general, ...reading, 'read-model-row-not-found'],
      handle: async ({ params: { name: readModel, key }, query: { atLeast }, signal }) => {
        const found = await readRow(logOf(deps).database, {
          ...{ readModel, key, signal },
          ...(atLeast !== undefined && { atLeast }),
        });
        const [row] = found.rows;
        if (row !== undefined) return { status: 200, body: { ...row, position: found.position } };
        throw new BatonError('read-model-row-not-found', `"${readModel}" has no row of the key "${key}"`, {
          extensions: { position: found.position },
        });
      },
    }),
  ];
}
