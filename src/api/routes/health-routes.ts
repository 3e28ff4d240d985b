import { z } from 'zod';

import { BatonError } from '../../core/errors.ts';
import type { ApiDeps } from '../deps.ts';
import { defineRoute, type Route } from '../route.ts';

/** A check that takes longer than this counts as failed, in milliseconds. */
const checkWithin = 3_000;

const readinessSchema = z
  .object({
    status: z.enum(['ready', 'not-ready']),
    checks: z.record(z.string(), z.object({ ok: z.boolean(), message: z.string().nullable() })),
  })
  .meta({ id: 'Readiness' });

type Readiness = z.infer<typeof readinessSchema>;

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
        200: { description: 'Every check passed', schema: readinessSchema },
        503: { description: 'At least one check failed, by name', schema: readinessSchema },
      },
      problems: ['shutting-down'],
      handle: async () => {
        if (stopping.aborted) throw new BatonError('shutting-down', 'This process takes no more requests');
        const readiness = await runChecks(deps.checks);
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

async function runChecks(checks: ApiDeps['checks']): Promise<Readiness> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await runCheck(check)] as const),
  );
  const isReady = results.every(([, { ok }]) => ok);
  return { status: isReady ? 'ready' : 'not-ready', checks: Object.fromEntries(results) };
}

async function runCheck(check: () => Promise<unknown>): Promise<Readiness['checks'][string]> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${checkWithin / 1000} s`));
    }, checkWithin);
  });
  try {
    await Promise.race([check(), tooLate]);
    return { ok: true, message: null };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}
