import { z } from 'zod';

import { BatonError } from '../../core/errors.ts';
import type { ApiDeps } from '../deps.ts';
import { idempotencyKeySchema } from '../identifiers.ts';
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
    filter: filterSchema,
    reason: reasonSchema.optional().meta({ description: 'Of a terminate' }),
    dryRun: z.boolean().default(true),
    expectedRuns: z
      .int()
      .min(0)
      .optional()
      .meta({ description: 'How many runs the dry run matched; required when dryRun is false' }),
  })
  .refine(({ dryRun, expectedRuns }) => dryRun || expectedRuns !== undefined, {
    path: ['expectedRuns'],
    error: 'is required when dryRun is false: send the number that the dry run matched',
  })
  .refine(({ action, reason }) => action === 'terminate' || reason === undefined, {
    path: ['reason'],
    error: 'belongs to terminate only',
  })
  .meta({ id: 'RunBatch' });

const resultSchema = z
  .union([
    z.object({ runId: z.string(), outcome: z.unknown() }),
    z.object({ runId: z.string(), problem: z.object({ code: z.string(), detail: z.string() }) }),
  ])
  .meta({ id: 'RunBatchResult' });

const answerSchema = z
  .union([
    z.object({
      dryRun: z.literal(true),
      action: z.enum(runActions),
      matched: z.int(),
      runs: z.array(runListItemSchema).meta({ description: `The first ${shownRuns}` }),
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
  'First as a dry run, which says how many runs match and shows some of them; then with dryRun: false and that number, ' +
  'so that nothing is done to runs that no one has seen. Where the filter names no status, those runs match for which ' +
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
      handle: async ({ headers, body, signal }) => {
        const { action, filter, reason, dryRun, expectedRuns } = body;
        const runs = await findBatch(deps, action, filter);
        const matched = runs.length;
        if (dryRun) return { status: 200, body: { dryRun, action, matched, runs: runs.slice(0, shownRuns) } };
        if (expectedRuns !== matched) throw changed(expectedRuns, matched);
        const idempotencyKey = headers['Idempotency-Key'] ?? null;
        const results = await runBatch(deps, { action, runs, reason, idempotencyKey, signal });
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
  const detail = `${matched} runs match now, not ${expectedRuns}. Look at them by another dry run, then send its number`;
  return new BatonError('runs-changed', detail, { extensions: { expectedRuns, matched } });
}
