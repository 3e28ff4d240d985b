import { z } from 'zod';

import { runPath } from '../../core/run-path.ts';
import type { ApiDeps } from '../deps.ts';
import { cancelRun, terminateRun } from '../end-run.ts';
import { explained } from '../explained.ts';
import { idempotencyKeySchema, runIdSchema } from '../identifiers.ts';
import { defineRoute, type Route } from '../route.ts';
import { runSchema, toRunResource } from '../run-resource.ts';

const params = z.strictObject({ id: runIdSchema });
const headers = z.object({ 'Idempotency-Key': idempotencyKeySchema.optional() });

const noUndo =
  'Terminating runs no undo: what the steps did so far stays done. Use cancel where the run should take it back.';

/** Why a run is ended by force, as its history keeps it. */
export const reasonSchema = z.string().min(1).max(1000);

/** Ending a run from outside. */
export function endRoutes(deps: ApiDeps): readonly Route[] {
  const { client } = deps;
  const linkBase = { uiUrl: deps.uiUrl, namespace: client.options.namespace };
  const viewOf = async (id: string): Promise<ReturnType<typeof toRunResource>> =>
    toRunResource(linkBase, await deps.loadRunView(id));

  return [
    defineRoute({
      method: 'post',
      path: '/v1/runs/{id}/cancel',
      tag: 'Runs',
      summary: 'Ask a run to stop and take back what it did',
      description: 'The undos of a paused run wait until it is resumed.',
      params,
      headers,
      body: z.strictObject({}).optional(),
      answers: {
        202: { description: 'Asked for; the run ends when its undos have run', schema: runSchema },
      },
      problems: ['run-not-found', 'run-closed', 'temporal-unavailable'],
      handle: async ({ params: { id }, headers }) => {
        const idempotencyKey = headers['Idempotency-Key'] ?? null;
        await explained(deps, { runId: id, asked: 'cancel' }, () =>
          cancelRun(client, { runId: id, idempotencyKey }),
        );
        return { status: 202, headers: { Location: runPath(id) }, body: await viewOf(id) };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/v1/runs/{id}/terminate',
      tag: 'Runs',
      summary: 'End a run at once, without any undo',
      description: noUndo,
      params,
      headers,
      body: z.strictObject({ reason: reasonSchema.optional() }).optional(),
      answers: {
        202: {
          description: 'Ended',
          schema: runSchema.extend({ notice: z.string() }).meta({ id: 'TerminatedRun' }),
        },
      },
      problems: ['run-not-found', 'run-closed', 'temporal-unavailable'],
      handle: async ({ params: { id }, headers, body }) => {
        const idempotencyKey = headers['Idempotency-Key'] ?? null;
        await explained(deps, { runId: id, asked: 'terminate' }, () =>
          terminateRun(client, { runId: id, idempotencyKey, reason: body?.reason }),
        );
        return {
          status: 202,
          headers: { Location: runPath(id) },
          body: { ...(await viewOf(id)), notice: noUndo },
        };
      },
    }),
  ];
}
