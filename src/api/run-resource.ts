import { z } from 'zod';

import { runPath } from '../core/run-path.ts';
import { type RunView, runStatuses } from '../core/run-state.ts';
import { webUiLinks } from '../temporal/web-ui-links.ts';

const time = z.iso.datetime().meta({ example: '2026-01-31T12:00:00.000Z' });

const errorViewSchema = z
  .object({
    code: z.string(),
    message: z.string(),
    status: z.int().optional(),
    details: z.unknown().optional(),
    undone: z.boolean().optional(),
    leftAsTheyAre: z.array(z.string()).optional().meta({ description: 'Steps whose undo was given up' }),
  })
  .meta({ id: 'RunError' });

const stepSchema = z
  .object({
    name: z.string(),
    kind: z.enum(['call', 'timer', 'decision', 'run']),
    service: z.string().nullable(),
    operation: z.string().nullable(),
    run: z.object({ id: z.string(), self: z.string() }).nullable().meta({
      description: 'Of a step of the kind `run`: the run that it started, whose own steps are at `self`',
    }),
    status: z.enum([
      'scheduled',
      'running',
      'waiting',
      'paused',
      'completed',
      'failed',
      'stuck',
      'cancelled',
      'timed-out',
    ]),
    undoes: z.string().nullable().meta({ description: 'Name of the step that this one takes back' }),
    attempt: z.int().meta({ description: 'From 1; 0 while the step waits for a worker' }),
    startedAt: time,
    closedAt: time.nullable(),
    nextAttemptAt: time
      .nullable()
      .meta({ description: 'When the next attempt begins, or until when a timer or decision waits' }),
    error: errorViewSchema.nullable(),
  })
  .meta({ id: 'Step' });

const linksSchema = z
  .object({
    self: z.string(),
    history: z.string(),
    temporalUi: z
      .string()
      .nullable()
      .meta({ description: "The run in Temporal's Web UI, where that is known" }),
  })
  .meta({ id: 'RunLinks' });

export const runSchema = z
  .object({
    id: z.string(),
    process: z.string(),
    version: z.string().nullable(),
    businessKey: z.string().nullable(),
    status: z.enum(runStatuses),
    input: z.unknown(),
    output: z.unknown(),
    error: errorViewSchema.nullable(),
    startedAt: time,
    closedAt: time.nullable(),
    stall: z
      .object({ reason: z.enum(['no-worker', 'workflow-task-failing']), message: z.string() })
      .nullable()
      .meta({ description: 'Why an open run does not move though it could' }),
    steps: z.array(stepSchema),
    links: linksSchema,
  })
  .meta({ id: 'Run' });

export const runListItemSchema = runSchema
  .pick({
    id: true,
    process: true,
    businessKey: true,
    status: true,
    startedAt: true,
    closedAt: true,
    links: true,
  })
  .meta({ id: 'RunListItem' });

export const runListSchema = z
  .object({
    runs: z.array(runListItemSchema),
    nextPageToken: z.string().nullable().meta({ description: 'Send it as ?pageToken for the next page' }),
  })
  .meta({ id: 'RunList' });

export type RunLinks = z.infer<typeof linksSchema>;
export type RunListItem = z.infer<typeof runListSchema>['runs'][number];

/** What links are made of. */
export interface LinkBase {
  readonly uiUrl: string | null;
  readonly namespace: string;
}

export function runLinks({ uiUrl, namespace }: LinkBase, id: string): RunLinks {
  const self = runPath(id);
  // The run's own address names no execution.
  const ui = uiUrl === null ? null : webUiLinks(uiUrl, { namespace, workflowId: id, runId: '' }).run;
  return { self, history: runPath(id, '/history'), temporalUi: ui };
}

/** A run's view with the addresses of what belongs to it. */
export function toRunResource(base: LinkBase, view: RunView): RunView & { readonly links: RunLinks } {
  return { ...view, links: runLinks(base, view.id) };
}
