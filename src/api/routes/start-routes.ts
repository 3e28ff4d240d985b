import { z } from 'zod';

import { isDuration, toMilliseconds } from '../../core/duration.ts';
import type { Fault } from '../../core/errors.ts';
import { isJsonObject, type Json } from '../../core/json.ts';
import { readTraceparent } from '../../core/trace-parent.ts';
import type { ApiDeps } from '../deps.ts';
import {
  businessKeySchema,
  idempotencyKeySchema,
  newRunIdSchema,
  processNameSchema,
} from '../identifiers.ts';
import { defineRoute, type Route } from '../route.ts';
import { runSchema } from '../run-resource.ts';
import { createRunStarter } from '../start-run.ts';

const maximumWait = 60_000;

const waitSchema = z
  .string()
  .refine(
    (text) => isDuration(text) && toMilliseconds(text) <= maximumWait,
    'must be a duration up to 60s, e.g. 10s',
  )
  .transform((text) => toMilliseconds(text))
  .optional()
  .meta({ type: 'string', description: 'Wait up to so long for the end of the run', example: '10s' });

const startSchema = z
  .strictObject({
    input: z.unknown().refine((input) => input !== undefined, 'is required'),
    id: newRunIdSchema
      .optional()
      .meta({ description: 'The id of the run; taken before the Idempotency-Key' }),
    businessKey: businessKeySchema.optional(),
    version: z.string().min(1).max(100).optional(),
  })
  .meta({ id: 'StartRun' });

/** Starting a run. */
export function startRoutes(deps: ApiDeps): readonly Route[] {
  const startRun = createRunStarter(deps);
  return [
    defineRoute({
      method: 'post',
      path: '/v1/processes/{process}/runs',
      tag: 'Runs',
      summary: 'Start a run',
      description:
        'A start with an id or an Idempotency-Key can be repeated: the same request gives the same run, another ' +
        'request under the same id or key is refused.',
      params: z.strictObject({ process: processNameSchema }),
      query: z.strictObject({ wait: waitSchema }),
      headers: z.object({
        'Idempotency-Key': idempotencyKeySchema.optional(),
        traceparent: z
          .string()
          .optional()
          .meta({ description: 'W3C trace context; passed on to every call' }),
      }),
      body: startSchema,
      answers: {
        201: { description: 'Started; with ?wait also ended', schema: runSchema },
        200: { description: 'The same request came before: its run', schema: runSchema },
        202: { description: 'The run has not ended within ?wait; Location names it', schema: runSchema },
      },
      problems: ['process-not-found', 'invalid-input', 'run-exists', 'temporal-unavailable'],
      inspect: ({ params, body }) => inputFaults(deps, params, body),
      handle: ({ params, query, headers, body, signal }) =>
        startRun(
          params.process,
          {
            input: body.input as Json,
            id: body.id ?? null,
            businessKey: body.businessKey ?? null,
            version: body.version ?? null,
            idempotencyKey: headers['Idempotency-Key'] ?? null,
            traceparent: readTraceparent(headers.traceparent),
          },
          { for: query.wait ?? 0, signal },
        ),
    }),
  ];
}

/** The faults of an input whose request is refused already. */
function inputFaults({ project, validate }: ApiDeps, params: unknown, body: unknown): readonly Fault[] {
  const name = isJsonObject(params) ? params['process'] : undefined;
  if (typeof name !== 'string' || !Object.hasOwn(project.processes, name)) return [];
  const process = project.processes[name];
  if (process === undefined || !isJsonObject(body) || body['input'] === undefined) return [];
  return validate(process.inputSchema, body['input'], '/input');
}
