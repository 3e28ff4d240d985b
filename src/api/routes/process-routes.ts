import { z } from 'zod';

import { BatonError } from '../../core/errors.ts';
import { runStatuses } from '../../core/run-state.ts';
import type { Process } from '../../project/project.ts';
import { countRuns, type RunCounts } from '../count-runs.ts';
import type { ApiDeps } from '../deps.ts';
import { findProcess } from '../find-process.ts';
import { processNameSchema } from '../identifiers.ts';
import { defineRoute, type Route } from '../route.ts';

const jsonSchema = z.record(z.string(), z.unknown()).meta({ description: 'JSON Schema (2020-12)' });

const processSchema = z
  .object({
    name: z.string(),
    title: z.string(),
    description: z.string(),
    versions: z
      .array(z.string())
      .meta({ description: 'Versions that a start may name; empty for a process that has one only' }),
    inputSchema: jsonSchema,
    example: z.unknown().meta({ description: 'An input that works' }),
    decisions: z
      .record(z.string(), z.object({ name: z.string(), title: z.string(), schema: jsonSchema }))
      .meta({ description: 'What a run may wait for: send it to /v1/runs/{id}/signals/{name}' }),
    graph: z.array(
      z.object({
        name: z.string(),
        kind: z.enum(['call', 'timer', 'decision']),
        operation: z.string().nullable(),
        after: z.array(z.string()),
        undo: z.string().nullable(),
        each: z.boolean(),
      }),
    ),
    counts: z
      .record(z.enum(runStatuses), z.int())
      .nullable()
      .meta({ description: 'Runs by status; null while Temporal does not tell' }),
    links: z.object({ self: z.string(), runs: z.string() }),
  })
  .meta({ id: 'Process' });

/** The catalogue of processes. */
export function processRoutes({ project, client, taskQueue, log }: ApiDeps): readonly Route[] {
  const show = async (process: Process): Promise<z.infer<typeof processSchema>> => {
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
          schema: z.object({ processes: z.array(processSchema) }).meta({ id: 'ProcessList' }),
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

function toResource(process: Process, counts: RunCounts | null): z.infer<typeof processSchema> {
  const self = `/v1/processes/${encodeURIComponent(process.name)}`;
  return {
    name: process.name,
    title: process.title,
    description: process.description,
    versions: [],
    inputSchema: process.inputSchema,
    example: process.example,
    decisions: process.decisions,
    graph: process.graph.map((step) => ({ ...step, after: [...step.after] })),
    counts,
    links: { self, runs: `${self}/runs` },
  };
}
