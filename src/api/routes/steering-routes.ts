import { z } from 'zod';

import { describeRun } from '../../temporal/describe-run.ts';
import { type Steering, steeringActions } from '../../workflows/messages.ts';
import type { ApiDeps } from '../deps.ts';
import { explained } from '../explained.ts';
import { idempotencyKeySchema, runIdSchema } from '../identifiers.ts';
import { defineRoute, type Route } from '../route.ts';
import { retryRun } from '../retry-run.ts';
import { messageProblems, sendUpdate, type SendUpdate } from '../send-update.ts';
import { steerStuck } from '../steer-stuck.ts';

type Action = Steering['action'];

const params = z.strictObject({ id: runIdSchema });
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
  'idempotency keys stay; steps that began together with it are made again, and so are quick calls that ran just before it, ' +
  'and, where several held steps were given up by one word, all that began since the first of them. Running, with a call that waits between two attempts: the next attempt is made now.';

/** Saying how a run goes on. */
export function steeringRoutes(deps: ApiDeps): readonly Route[] {
  const { client } = deps;
  const send: SendUpdate = (message) => sendUpdate(client, message);
  return steeringActions.map((action) =>
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
        ...(action === 'retry' ? (['run-undone'] as const) : []),
        ...messageProblems,
      ],
      handle: async ({ params: { id }, headers, body }) => {
        await describeRun(client, id);
        const message = { runId: id, idempotencyKey: headers['Idempotency-Key'] ?? null, step: body?.step };
        const outcome = await explained(deps, { runId: id, asked: action }, () =>
          action === 'retry' ? retryRun({ client, send }, message) : steerStuck(send, { ...message, action }),
        );
        return { status: 200, body: { runId: id, action, outcome } };
      },
    }),
  );
}
