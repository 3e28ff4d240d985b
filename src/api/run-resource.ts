import { z } from 'zod';

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

const awaitedSchema = z
  .object({
    type: z.string(),
    source: z.string().optional(),
    subject: z.string().optional(),
    attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    data: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'AwaitedEvent' });

const stepSchema = z
  .object({
    name: z.string(),
    kind: z.enum(['call', 'emit', 'listen', 'timer', 'decision', 'run']),
    service: z.string().nullable(),
    operation: z.string().nullable(),
    awaits: z.array(awaitedSchema).optional().meta({ description: 'Of a wait for events: those to come' }),
    status: z.enum([
      'scheduled',
      'running',
      'waiting',
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
    nextAttemptAt: time.nullable().meta({
      description:
        'When the next attempt begins, or until when a timer, a decision or an event is waited for',
    }),
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

/** The path of a run below the API's own address. */
export function runPath(id: string): string {
  return `/v1/runs/${encodeURIComponent(id)}`;
}

export function runLinks({ uiUrl, namespace }: LinkBase, id: string): RunLinks {
  const self = runPath(id);
  // The run's own address names no execution.
  const ui = uiUrl === null ? null : webUiLinks(uiUrl, { namespace, workflowId: id, runId: '' }).run;
  return { self, history: `${self}/history`, temporalUi: ui };
}

/** A run's view with the addresses of what belongs to it. */
export function toRunResource(base: LinkBase, view: RunView): RunView & { readonly links: RunLinks } {
  return { ...view, links: runLinks(base, view.id) };
}
