import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import { z } from 'zod';

import { BatonError } from '../../core/errors.ts';
import { type Steering, steeringActions } from '../../workflows/messages.ts';
import { askTemporal } from '../../temporal/ask-temporal.ts';
import type { ApiDeps } from '../deps.ts';
import { idempotencyKeySchema, runIdSchema } from '../identifiers.ts';
import { defineRoute, type Route } from '../route.ts';
import { runPath, runSchema, toRunResource } from '../run-resource.ts';
import { retryRun } from '../retry-run.ts';
import { steerStuck } from '../steer-stuck.ts';

type Action = Steering['action'];

const params = z.strictObject({ id: runIdSchema });
const nothing = z.strictObject({}).optional();
const stuckStep = z
  .strictObject({ step: z.string().min(1).max(1000).optional() })
  .optional()
  .meta({ description: 'The stuck step that is meant, as in `steps`; left out: every one that is stuck' });

const summaries: Readonly<Record<Action, string>> = {
  retry: 'Let a stuck run try its step or undo again, a failed one go on, a waiting call be tried now',
  undo: 'Let a stuck run stop waiting for its step and undo what was done',
  'give-up': 'Let a stuck run fail, leaving things as they are',
};

const retryMeanings =
  'What it means depends on the state of the run. Stuck: the step, or the undo, is tried again. Failed, and its steps ' +
  'were not taken back: the run goes on from the step that failed; those before it are not made again, and ' +
  'idempotency keys stay. Running, with a call that waits between two attempts: the next attempt is made now.';

const noUndo =
  'Terminating runs no undo: what the steps did so far stays done. Use cancel where the run should take it back.';

/** Steering a run from outside. */
export function steeringRoutes(deps: ApiDeps): readonly Route[] {
  const { client } = deps;
  const linkBase = { uiUrl: deps.uiUrl, namespace: client.options.namespace };
  const viewOf = async (id: string): Promise<ReturnType<typeof toRunResource>> =>
    toRunResource(linkBase, await deps.loadRunView(id));

  return [
    ...steeringActions.map((action) =>
      defineRoute({
        method: 'post',
        path: `/v1/runs/{id}/${action}`,
        tag: 'Runs',
        summary: summaries[action],
        ...(action === 'retry' && { description: retryMeanings }),
        params,
        headers: z.object({ 'Idempotency-Key': idempotencyKeySchema.optional() }),
        body: stuckStep,
        answers: {
          200: {
            description: 'Taken',
            schema: z
              .object({
                runId: z.string(),
                action: z.enum(steeringActions),
                outcome: z.array(z.string()).meta({ description: 'The steps that it was about' }),
              })
              .meta({ id: 'SteeringOutcome' }),
          },
        },
        problems: [
          'run-not-found',
          'run-not-waiting',
          ...(action === 'retry' ? (['run-undone'] as const) : []),
          'key-reused',
          'run-closed',
          'no-worker',
          'temporal-unavailable',
        ],
        handle: async ({ params: { id }, headers, body }) => {
          await describe(client, id);
          const message = { runId: id, idempotencyKey: headers['Idempotency-Key'] ?? null, step: body?.step };
          const outcome = await (action === 'retry'
            ? retryRun(deps, message)
            : steerStuck(client, { ...message, action }));
          return { status: 200, body: { runId: id, action, outcome } };
        },
      }),
    ),
    defineRoute({
      method: 'post',
      path: '/v1/runs/{id}/cancel',
      tag: 'Runs',
      summary: 'Ask a run to stop and take back what it did',
      params,
      body: nothing,
      answers: {
        202: { description: 'Asked for; the run ends when its undos have run', schema: runSchema },
      },
      problems: ['run-not-found', 'run-closed', 'temporal-unavailable'],
      handle: async ({ params: { id } }) => {
        await refuseClosed(client, id);
        await ofOpenRun(id, () => askTemporal(client, () => client.workflow.getHandle(id).cancel()));
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
      body: z.strictObject({ reason: z.string().min(1).max(1000).optional() }).optional(),
      answers: {
        202: {
          description: 'Ended',
          schema: runSchema.extend({ notice: z.string() }).meta({ id: 'TerminatedRun' }),
        },
      },
      problems: ['run-not-found', 'run-closed', 'temporal-unavailable'],
      handle: async ({ params: { id }, body }) => {
        await refuseClosed(client, id);
        await ofOpenRun(id, () =>
          askTemporal(client, () => client.workflow.getHandle(id).terminate(body?.reason)),
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

/** @throws WorkflowNotFoundError when there is no such run */
async function describe(client: Client, id: string): Promise<{ readonly isOpen: boolean }> {
  const { status } = await askTemporal(client, () => client.workflow.getHandle(id).describe());
  return { isOpen: status.name === 'RUNNING' || status.name === 'PAUSED' };
}

/** Temporal takes the cancelling of a run that has ended without a word. */
async function refuseClosed(client: Client, id: string): Promise<void> {
  if (!(await describe(client, id)).isOpen) throw closed(id);
}

/** Does something to a run that was open a moment ago. */
async function ofOpenRun(id: string, act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    throw error instanceof WorkflowNotFoundError ? closed(id) : error;
  }
}

function closed(id: string): BatonError {
  return new BatonError('run-closed', `Run "${id}" has ended already`);
}
