import { z } from 'zod';

import type { EventPattern } from '../core/event-pattern.ts';
import type { RunList, RunListItem } from '../core/run-list.ts';
import { runPath } from '../core/run-path.ts';
import type { RunLinks, RunResource } from '../core/run-resource.ts';
import {
  type ErrorView,
  type RunReference,
  type RunView,
  runStatuses,
  type Stall,
  stallReasons,
  stepKinds,
  type StepView,
  stepStatuses,
} from '../core/run-state.ts';
import { webUiLinks } from '../temporal/web-ui-links.ts';
import { anyJson, type ShapeOf } from './shape-of.ts';

const time = z.iso.datetime().meta({ example: '2026-01-31T12:00:00.000Z' });

// Of an optional field zod says that it may be `undefined` too, which no JSON holds.
const errorViewSchema = z
  .object({
    code: z.string(),
    message: z.string(),
    status: z.int().optional(),
    details: anyJson.optional(),
    undone: z.boolean().optional(),
    leftAsTheyAre: z.array(z.string()).optional().meta({ description: 'Steps whose undo was given up' }),
  } satisfies ShapeOf<ErrorView>)
  .meta({ id: 'RunError' }) as z.ZodType<ErrorView>;

const awaitedSchema = z
  .object({
    type: z.string(),
    source: z.string().optional(),
    subject: z.string().optional(),
    attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    data: z.record(z.string(), anyJson).optional(),
  } satisfies ShapeOf<EventPattern>)
  .meta({ id: 'AwaitedEvent' }) as z.ZodType<EventPattern>;

const referenceSchema = z.object({ id: z.string(), self: z.string() } satisfies ShapeOf<RunReference>);

const stepSchema = z
  .object({
    name: z.string(),
    kind: z.enum(stepKinds),
    service: z.string().nullable(),
    operation: z.string().nullable(),
    run: referenceSchema.nullable().meta({
      description: 'Of a step of the kind `run`: the run that it started, whose own steps are at `self`',
    }),
    awaits: z.array(awaitedSchema).optional().meta({ description: 'Of a wait for events: those to come' }),
    status: z.enum(stepStatuses),
    undoes: z.string().nullable().meta({ description: 'Name of the step that this one takes back' }),
    attempt: z.int().meta({ description: 'From 1; 0 while the step waits for a worker' }),
    startedAt: time,
    closedAt: time.nullable(),
    nextAttemptAt: time.nullable().meta({
      description:
        'When the next attempt begins, or until when a timer, a decision or an event is waited for',
    }),
    error: errorViewSchema.nullable(),
  } satisfies ShapeOf<StepView>)
  .meta({ id: 'Step' }) as z.ZodType<StepView>;

const linksSchema = z
  .object({
    self: z.string(),
    history: z.string(),
    temporalUi: z
      .string()
      .nullable()
      .meta({ description: "The run in Temporal's Web UI, where that is known" }),
  } satisfies ShapeOf<RunLinks>)
  .meta({ id: 'RunLinks' });

export const runSchema = z
  .object({
    id: z.string(),
    process: z.string(),
    version: z.string().nullable(),
    businessKey: z.string().nullable(),
    parent: referenceSchema.nullable().meta({
      description: 'Of a run that a step of another run started: that run',
    }),
    status: z.enum(runStatuses),
    input: anyJson,
    output: anyJson,
    error: errorViewSchema.nullable(),
    startedAt: time,
    closedAt: time.nullable(),
    stall: z
      .object({ reason: z.enum(stallReasons), message: z.string() } satisfies ShapeOf<Stall>)
      .nullable()
      .meta({ description: 'Why an open run does not move though it could' }),
    steps: z.array(stepSchema),
    links: linksSchema,
  } satisfies ShapeOf<RunResource>)
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
  } satisfies Record<keyof RunListItem, true>)
  .meta({ id: 'RunListItem' });

export const runListSchema = z
  .object({
    runs: z.array(runListItemSchema),
    nextPageToken: z.string().nullable().meta({ description: 'Send it as ?pageToken for the next page' }),
  } satisfies ShapeOf<RunList>)
  .meta({ id: 'RunList' });

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
export function toRunResource(base: LinkBase, view: RunView): RunResource {
  return { ...view, links: runLinks(base, view.id) };
}
