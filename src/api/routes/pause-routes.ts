import { z } from 'zod';

import { describeRun } from '../../temporal/describe-run.ts';
import type { ApiDeps } from '../deps.ts';
import { explained } from '../explained.ts';
import { idempotencyKeySchema, runIdSchema } from '../identifiers.ts';
import { openStatuses, pauseActions, pauseRun, type PauseAction } from '../pause-run.ts';
import { defineRoute, type Route } from '../route.ts';
import { messageProblems, sendUpdate, type SendUpdate } from '../send-update.ts';

const texts: Readonly<Record<PauseAction, { readonly summary: string; readonly description: string }>> = {
  pause: {
    summary: 'Hold a run before its next step',
    description:
      'Calls under way finish, with their retries. Nothing further begins: no call, no timer, no decision, and no undo ' +
      'of a run that is cancelled meanwhile. Timers and deadlines that run already go on.',
  },
  resume: { summary: 'Let a paused run go on', description: 'Each step that was held begins.' },
};

/** Holding a run for a while. The run itself does it, so a worker must be up. */
export function pauseRoutes(deps: ApiDeps): readonly Route[] {
  const send: SendUpdate = (message) => sendUpdate(deps.client, message);
  return pauseActions.map((action) =>
    defineRoute({
      method: 'post',
      path: `/v1/runs/{id}/${action}`,
      tag: 'Runs',
      ...texts[action],
      params: z.strictObject({ id: runIdSchema }),
      headers: z.object({ 'Idempotency-Key': idempotencyKeySchema.optional() }),
      body: z.strictObject({}).optional(),
      answers: {
        200: {
          description: 'Taken',
          schema: z
            .object({
              runId: z.string(),
              action: z.enum(pauseActions),
              status: z.enum(openStatuses).meta({
                description:
                  'The state of the run now. One that is stuck shows as paused once that is settled',
              }),
            })
            .meta({ id: 'PauseOutcome' }),
        },
      },
      problems: ['run-not-found', ...messageProblems],
      handle: async ({ params: { id }, headers }) => {
        await describeRun(deps.client, id);
        const idempotencyKey = headers['Idempotency-Key'] ?? null;
        const status = await explained(deps, { runId: id, asked: action }, () =>
          pauseRun(send, { action, runId: id, idempotencyKey }),
        );
        return { status: 200, body: { runId: id, action, status } };
      },
    }),
  );
}
