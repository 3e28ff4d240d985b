import { z } from 'zod';

import { BatonError } from '../../core/errors.ts';
import type { ApiDeps } from '../deps.ts';
import { defineRoute, type Route } from '../route.ts';

/**
 * A check that takes longer than this counts as failed, in milliseconds. One that is not required must not hold up the
 * answer: who asks waits a second only, often.
 */
const checkWithin = { required: 3_000, told: 800 };

const readinessSchema = z
  .object({
    status: z.enum(['ready', 'not-ready']),
    checks: z.record(
      z.string(),
      z.object({
        ok: z.boolean(),
        message: z.string().nullable(),
        required: z.boolean().meta({ description: 'Without it this process should get no requests' }),
      }),
    ),
  })
  .meta({ id: 'Readiness' });

type Readiness = z.infer<typeof readinessSchema>;

type Checks = ApiDeps['checks'];

/** What those who run this process look at. */
export function healthRoutes(deps: ApiDeps, stopping: AbortSignal): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/health/live',
      tag: 'Operation',
      summary: 'Whether this process runs',
      answers: { 200: { description: 'It does', schema: z.object({ status: z.literal('live') }) } },
      problems: [],
      handle: () => ({ status: 200, body: { status: 'live' } }),
    }),
    defineRoute({
      method: 'get',
      path: '/health/ready',
      tag: 'Operation',
      summary: 'Whether this process should get requests',
      answers: {
        200: { description: 'Every required check passed', schema: readinessSchema },
        503: { description: 'At least one required check failed, by name', schema: readinessSchema },
      },
      problems: ['shutting-down'],
      handle: async () => {
        if (stopping.aborted) throw new BatonError('shutting-down', 'This process takes no more requests');
        const readiness = await runChecks(deps.checks, logChecks(deps));
        return { status: readiness.status === 'ready' ? 200 : 503, body: readiness };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/metrics',
      tag: 'Operation',
      summary: 'Metrics for Prometheus',
      answers: { 200: { description: 'Prometheus’ text format', mediaType: 'text/plain' } },
      problems: [],
      handle: async () => ({
        status: 200,
        headers: { 'Content-Type': deps.registry.contentType },
        body: await deps.registry.metrics(),
      }),
    }),
  ];
}

/**
 * Told, but not required: runs need no PostgreSQL, and a process that gets no requests could not serve them either. What
 * asks for events is told by each answer.
 */
function logChecks({ eventLog }: ApiDeps): Checks {
  return eventLog === null ? {} : { postgres: () => eventLog.head() };
}

async function runChecks(required: Checks, told: Checks): Promise<Readiness> {
  const results = await Promise.all([
    ...Object.entries(required).map(async ([name, check]) => [name, await runCheck(check, true)] as const),
    ...Object.entries(told).map(async ([name, check]) => [name, await runCheck(check, false)] as const),
  ]);
  const isReady = results.every(([, { ok, required }]) => ok || !required);
  return { status: isReady ? 'ready' : 'not-ready', checks: Object.fromEntries(results) };
}

async function runCheck(
  check: () => Promise<unknown>,
  required: boolean,
): Promise<Readiness['checks'][string]> {
  const limit = required ? checkWithin.required : checkWithin.told;
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${limit / 1_000} s`));
    }, limit);
  });
  try {
    await Promise.race([check(), tooLate]);
    return { ok: true, message: null, required };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error), required };
  } finally {
    clearTimeout(timer);
  }
}
