import { z } from 'zod';

import type { Decision } from '../../core/decision.ts';
import { type DeclaredStep, declaredStepKinds } from '../../core/declared-step.ts';
import { BatonError } from '../../core/errors.ts';
import type { ProcessList, ProcessResource, RunCounts } from '../../core/process-resource.ts';
import { runStatuses } from '../../core/run-state.ts';
import type { Process } from '../../project/project.ts';
import { countRuns } from '../count-runs.ts';
import type { ApiDeps } from '../deps.ts';
import { findProcess } from '../find-process.ts';
import { processNameSchema } from '../identifiers.ts';
import { defineRoute, type Route } from '../route.ts';
import { anyJson, type ShapeOf } from '../shape-of.ts';

const jsonSchema = z.record(z.string(), anyJson).meta({ description: 'JSON Schema (2020-12)' });

const processSchema = z
  .object({
    name: z.string(),
    title: z.string(),
    description: z.string(),
    versions: z
      .array(z.string())
      .meta({ description: 'Versions that a start may name; empty for a process that has one only' }),
    inputSchema: jsonSchema,
    example: anyJson.meta({ description: 'An input that works' }),
    decisions: z
      .record(
        z.string(),
        z.object({ name: z.string(), title: z.string(), schema: jsonSchema } satisfies ShapeOf<Decision>),
      )
      .meta({ description: 'What a run may wait for: send it to /v1/runs/{id}/signals/{name}' }),
    graph: z.array(
      z.object({
        name: z.string(),
        kind: z.enum(declaredStepKinds),
        operation: z.string().nullable(),
        after: z.array(z.string()),
        undo: z.string().nullable(),
        each: z.boolean(),
      } satisfies ShapeOf<DeclaredStep>),
    ),
    counts: z
      .record(z.enum(runStatuses), z.int())
      .nullable()
      .meta({ description: 'Runs by status; null while Temporal does not tell' }),
    links: z.object({ self: z.string(), runs: z.string() }),
  } satisfies ShapeOf<ProcessResource>)
  .meta({ id: 'Process' });

/** The catalogue of processes. */
export function processRoutes({ project, client, taskQueue, log }: ApiDeps): readonly Route[] {
  const show = async (process: Process): Promise<ProcessResource> => {
    const counts = countRuns(client, { taskQueue, process: process.name });
    return toResource(process, await counts.catch(nullWhileAway));
  };
  /** What can be started is known without Temporal. */
  const nullWhileAway = (error: unknown): null => {
    if (!(error instanceof BatonError) || error.code !== 'temporal-unavailable') throw error;
    log.warn({ err: error }, 'the runs cannot be counted');
    return null;
  };
  return [
    defineRoute({
      method: 'get',
      path: '/v1/processes',
      tag: 'Processes',
      summary: 'All processes that can be started',
      answers: {
        200: {
          description: 'The catalogue',
          schema: z
            .object({ processes: z.array(processSchema) } satisfies ShapeOf<ProcessList>)
            .meta({ id: 'ProcessList' }),
        },
      },
      problems: [],
      handle: async () => ({
        status: 200,
        body: { processes: await Promise.all(Object.values(project.processes).map(show)) },
      }),
    }),
    defineRoute({
      method: 'get',
      path: '/v1/processes/{process}',
      tag: 'Processes',
      summary: 'One process: its input, an example that works, its decisions and its steps',
      params: z.strictObject({ process: processNameSchema }),
      answers: { 200: { description: 'The process', schema: processSchema } },
      problems: ['process-not-found'],
      handle: async ({ params }) => ({
        status: 200,
        body: await show(findProcess(project, params.process)),
      }),
    }),
  ];
}

function toResource(process: Process, counts: RunCounts | null): ProcessResource {
  const self = `/v1/processes/${encodeURIComponent(process.name)}`;
  return {
    name: process.name,
    title: process.title,
    description: process.description,
    versions: [],
    inputSchema: process.inputSchema,
    example: process.example,
    decisions: process.decisions,
    graph: process.graph,
    counts,
    links: { self, runs: `${self}/runs` },
  };
}
