import { z } from 'zod';

import { BatonError } from '../../core/errors.ts';
import type { ApiDeps } from '../deps.ts';
import { idempotencyKeySchema, runIdSchema } from '../identifiers.ts';
import { defineRoute, type Route } from '../route.ts';
import { type BatchResult, findBatch, maximumRuns, runBatch } from '../run-batch.ts';
import { runFilterSchema } from '../run-filter.ts';
import { runListItemSchema } from '../run-resource.ts';
import { runActions } from '../steer-run.ts';
import { reasonSchema } from './end-routes.ts';

/** So many runs are shown by a dry run. */
const shownRuns = 100;

const filterSchema = runFilterSchema.refine(
  (filter) => Object.values(filter).some((field) => field !== undefined),
  'needs at least one field: a batch never means every run there is',
);

const requestSchema = z
  .strictObject({
    action: z.enum(runActions),
    filter: filterSchema.optional(),
    runs: z
      .array(runIdSchema)
      .min(1)
      .max(maximumRuns)
      .optional()
      .meta({ description: 'The runs themselves, in place of a filter; such a batch can be repeated' }),
    reason: reasonSchema.optional().meta({ description: 'Of a terminate' }),
    dryRun: z.boolean().default(true),
    expectedRuns: z.int().min(0).optional().meta({
      description: 'How many runs the filter matched in the dry run; required when dryRun is false',
    }),
  })
  .refine(({ filter, runs }) => filter !== undefined || runs !== undefined, {
    path: ['filter'],
    error: 'is required: say which runs are meant, by a filter or by their ids in runs',
  })
  .refine(({ filter, runs }) => filter === undefined || runs === undefined, {
    path: ['runs'],
    error: 'takes the place of a filter: send one of the two',
  })
  .refine(({ filter, runs, dryRun }) => filter !== undefined || runs === undefined || !dryRun, {
    path: ['dryRun'],
    error: 'must be false where the runs are named: a dry run is for a filter',
  })
  .refine(({ filter, expectedRuns }) => filter !== undefined || expectedRuns === undefined, {
    path: ['expectedRuns'],
    error: 'belongs to a filter only',
  })
  .refine(
    ({ filter, dryRun, expectedRuns }) => filter === undefined || dryRun || expectedRuns !== undefined,
    {
      path: ['expectedRuns'],
      error: 'is required when dryRun is false: send the number that the dry run matched',
    },
  )
  .refine(({ action, reason }) => action === 'terminate' || reason === undefined, {
    path: ['reason'],
    error: 'belongs to terminate only',
  })
  .meta({ id: 'RunBatch' });

const resultSchema = z
  .union([
    z.object({ runId: z.string(), outcome: z.unknown() }),
    z.object({ runId: z.string(), problem: z.looseObject({ code: z.string(), detail: z.string() }) }),
  ])
  .meta({ id: 'RunBatchResult' });

const answerSchema = z
  .union([
    z.object({
      dryRun: z.literal(true),
      action: z.enum(runActions),
      matched: z.int(),
      runs: z.array(runListItemSchema).meta({ description: `The first ${shownRuns}` }),
      request: z
        .object({
          action: z.enum(runActions),
          runs: z.array(z.string()),
          reason: z.string().optional(),
          dryRun: z.literal(false),
        })
        .nullable()
        .meta({
          description: 'Sent here, it does to all of these runs what was asked; null where none matches',
        }),
    }),
    z.object({
      dryRun: z.literal(false),
      action: z.enum(runActions),
      matched: z.int(),
      succeeded: z.int(),
      failed: z.int(),
      results: z.array(resultSchema),
    }),
  ])
  .meta({ id: 'RunBatchOutcome' });

const description =
  'First as a dry run by a filter, which says how many runs match, shows some of them, and has in `request` what to send ' +
  'then: the runs by their ids. Sent with an Idempotency-Key, that can be repeated, as after an answer that was lost: it ' +
  'acts once on each run and tells of each the same again. A filter can also be sent with dryRun: false and that number, so ' +
  'that nothing is done to runs that no one has seen; repeated, it finds other runs, for what was done has changed them. Where the filter names no status, those runs match for which ' +
  'the action makes sense: for retry the stuck and the failed, for undo and give-up the stuck, for resume the paused, ' +
  `else the open ones. At most ${maximumRuns} runs.`;

/** Doing the same to many runs. */
export function batchRoutes(deps: ApiDeps): readonly Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/v1/run-batches',
      tag: 'Runs',
      summary: 'Do the same to many runs',
      description,
      headers: z.object({ 'Idempotency-Key': idempotencyKeySchema.optional() }),
      body: requestSchema,
      answers: { 200: { description: 'What matches, or what became of each run', schema: answerSchema } },
      problems: ['runs-changed', 'too-many-runs', 'temporal-unavailable'],
      handle: async ({ headers, body, requestId, signal }) => {
        const { action, filter, reason, dryRun, expectedRuns } = body;
        const found = filter === undefined ? [] : await findBatch(deps, action, filter);
        const chosen =
          body.runs === undefined ? found : [...new Set(body.runs)].map((id) => ({ id, process: null }));
        const matched = chosen.length;
        if (dryRun) {
          const runIds = chosen.map(({ id }) => id);
          const request = { action, runs: runIds, ...(reason !== undefined && { reason }), dryRun: false };
          const runs = found.slice(0, shownRuns);
          return {
            status: 200,
            body: { dryRun, action, matched, runs, request: matched > 0 ? request : null },
          };
        }
        if (filter !== undefined && expectedRuns !== matched) throw changed(expectedRuns, matched);
        const idempotencyKey = headers['Idempotency-Key'] ?? null;
        const results = await runBatch(deps, {
          action,
          runs: chosen,
          reason,
          idempotencyKey,
          requestId,
          signal,
        });
        const failed = results.filter(isFailure).length;
        const succeeded = matched - failed;
        return { status: 200, body: { dryRun, action, matched, succeeded, failed, results } };
      },
    }),
  ];
}

function isFailure(result: BatchResult): boolean {
  return 'problem' in result;
}

function changed(expectedRuns: number | undefined, matched: number): BatonError {
  const detail =
    `${matched} runs match now, not ${expectedRuns}. Look at them by another dry run, then send its number. Where this ` +
    'repeats a request, name its runs instead: "request" of the dry run has them';
  return new BatonError('runs-changed', detail, { extensions: { expectedRuns, matched } });
}
